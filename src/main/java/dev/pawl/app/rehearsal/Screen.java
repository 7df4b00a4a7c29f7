package dev.pawl.app.rehearsal;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the user reads and types.
 *
 * @param out results
 * @param errors everything else, such as what to press
 * @param in the keyboard
 * @param ink how text looks on {@code out}
 */
public record Screen(PrintStream out, PrintStream errors, BufferedReader in, Ink ink) {
    /**
     * The process's own.
     *
     * @param out its standard output
     * @param environment its variables
     */
    @SuppressWarnings("SystemConsoleNull") // null is still what the plain console of java.base says without a terminal
    public static Screen ofProcess(PrintStream out, Map<String, String> environment) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        var keyboard = new InputStreamReader(System.in, StandardCharsets.UTF_8);
        return of(out, System.err, keyboard, Ink.of(terminal, environment));
    }

    /** Any other. */
    static Screen of(PrintStream out, PrintStream errors, Reader in, Ink ink) {
        return new Screen(out, errors, new BufferedReader(in), ink);
    }

    /** One line. */
    public void line(String text) {
        out.println(text);
    }

    /** Waits until Enter is pressed, or nothing can come any more. */
    void waitForEnter(String why) {
        errors.print(why);
        errors.flush();
        try {
            if (in.readLine() == null) {
                errors.println();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows what is going on until {@link #settled}, on terminals only. */
    public void progress(String text) {
        if (ink.rich()) {
            out.print(ink.dim(text));
            out.flush();
        }
    }

    /** Takes back what {@link #progress} showed. */
    public void settled() {
        if (ink.rich()) {
            out.print("\r\u001b[2K");
        }
    }
}
