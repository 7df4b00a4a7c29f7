package dev.pawl.config;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** From text to {@link Yaml}. Reads events one by one, so that nothing large or deep is ever built. */
final class YamlText {
    /** The longest policy file, in bytes of UTF-8. */
    static final int LONGEST = 64 << 10;

    private YamlText() {}

    /** The text's one document; empty where there is none or where it can't be read, and then a problem says why. */
    static Optional<Yaml> read(String text, Problems problems) {
        if (text.length() > LONGEST || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            problems.add(Place.START, "the file is longer than 64 KiB");
            return Optional.empty();
        }
        try {
            // All of it at once: the library's reader fails on a character of two halves that its buffer's end parts.
            var settings = LoadSettings.builder()
                    .setLabel("policy")
                    .setBufferSize(text.length() + 16)
                    .build();
            return document(new Parse(settings).parseString(text).iterator(), problems);
        } catch (MarkedYamlEngineException e) {
            problems.add(Place.START.at(spot(e.getProblemMark())), "not readable as YAML: " + problem(e), hint(e));
        } catch (ReaderException e) {
            problems.add(
                    Place.START.at(spot(text, e.getPosition())),
                    "not readable as YAML: a character that YAML doesn't allow (U+%04X)".formatted(e.getCodePoint()));
        } catch (YamlVersionException e) {
            problems.add(Place.START, "the %YAML line asks for another version of YAML", "Leave it out.");
        } catch (YamlEngineException e) {
            problems.add(Place.START, "not readable as YAML: " + Shown.key(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static Optional<Yaml> document(Iterator<Event> events, Problems problems) {
        Optional<Yaml> first = Optional.empty();
        boolean seen = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                if (seen) {
                    problems.add(
                            Place.START.at(spot(event.getStartMark())),
                            "a second document begins here",
                            "A policy is one document.");
                    return Optional.empty();
                }
                seen = true;
                first = new YamlTree(events, problems).root();
                if (first.isEmpty()) {
                    return first;
                }
            }
        }
        return first;
    }

    /** The library's mark in our counting. */
    static Yaml.Spot spot(Optional<Mark> mark) {
        return mark.map(m -> new Yaml.Spot(m.getLine() + 1, m.getColumn() + 1)).orElse(new Yaml.Spot(1, 1));
    }

    private static Yaml.Spot spot(String text, int position) {
        String before = text.substring(0, Math.min(position, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Yaml.Spot(line + 1, before.length() - before.lastIndexOf('\n'));
    }

    /** What the library says, without its advice in brackets. */
    private static String problem(MarkedYamlEngineException e) {
        String problem = e.getProblem() == null ? "unknown" : e.getProblem();
        int advice = problem.indexOf(". (");
        return Shown.key(advice < 0 ? problem : problem.substring(0, advice));
    }

    private static Optional<String> hint(MarkedYamlEngineException e) {
        if (String.valueOf(e.getProblem()).contains("TAB")) {
            return Optional.of("YAML is indented with spaces.");
        }
        int line = spot(e.getProblemMark()).line();
        return e.getContextMark()
                .map(m -> m.getLine() + 1)
                .filter(began -> began < line)
                .map(began -> "Look also at line " + began + ".");
    }
}
