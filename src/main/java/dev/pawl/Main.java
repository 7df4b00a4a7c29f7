package dev.pawl;

import dev.pawl.app.Pawl;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Starts Pawl and turns its result into the process's exit code; nothing else. */
public final class Main {
    private Main() {}

    /** @param args the command line */
    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(Pawl.run(args, System.getenv(), out, err));
    }
}
