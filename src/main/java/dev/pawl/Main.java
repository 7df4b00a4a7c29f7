package dev.pawl;

/** x. */
public final class Main {
    private Main() {}
}
