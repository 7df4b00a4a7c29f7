package dev.pawl.config;

import dev.pawl.config.Yaml.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The reader for command lines: lists of words, never a shell's string. */
final class Argv {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=+-]+");
    private static final Pattern SHELL = Pattern.compile(".*[|&;<>$`(){}\"'\\\\*~#].*", Pattern.DOTALL);
    private static final int MOST_WORDS = 100;
    private static final int LONGEST_WORD = 4096;

    private Argv() {}

    /** A program and its arguments. Numbers and flags among them are taken as they are written. */
    static Optional<List<String>> read(Value value) {
        Optional<String> string = value.scalar(Kind.TEXT);
        if (string.isPresent()) {
            return value.wrong("a list of words", list(string.get()));
        }
        return value.items("a list of words")
                .flatMap(items -> items.isEmpty() || items.size() > MOST_WORDS
                        ? value.refused("expected a list of 1 to " + MOST_WORDS + " words", Optional.empty())
                        : words(items));
    }

    private static Optional<List<String>> words(List<Value> items) {
        var words = new ArrayList<String>();
        for (Value item : items) {
            word(item).ifPresent(words::add);
        }
        if (words.size() < items.size()) {
            return Optional.empty();
        }
        String program = words.getFirst();
        if (program.isBlank() || SPACES.matcher(program).find()) {
            return items.getFirst().wrong("a program's name", list(program));
        }
        return Optional.of(List.copyOf(words));
    }

    private static Optional<String> word(Value item) {
        return item.scalar(Kind.TEXT, Kind.INTEGER, Kind.NUMBER, Kind.FLAG)
                .filter(w -> w.length() <= LONGEST_WORD && w.indexOf('\0') < 0)
                .or(() -> item.wrong("a word of a command"));
    }

    private static String list(String command) {
        if (command.isBlank()
                || command.length() > 200
                || SHELL.matcher(command).matches()) {
            return "Commands don't go through a shell: put this into a script and write [./script].";
        }
        return SPACES.splitAsStream(command.strip())
                .map(w -> PLAIN.matcher(w).matches() ? w : Shown.quoted(w))
                .collect(Collectors.joining(", ", "Write it as a list: [", "]."));
    }
}
