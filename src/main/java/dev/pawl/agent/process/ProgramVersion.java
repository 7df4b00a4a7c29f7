package dev.pawl.agent.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program says of its version, when it is asked with {@code --version} or the like. */
public sealed interface ProgramVersion {
    /**
     * It said one.
     *
     * @param number such as {@code 2.1.329}
     */
    record Said(String number) implements ProgramVersion {}

    /**
     * It said none.
     *
     * @param how what it did instead, such as {@code ended with exit code 127}
     */
    record Unsaid(String how) implements ProgramVersion {}

    /** The first number with two dots or more, and what follows it without a blank. */
    Pattern NUMBER = Pattern.compile("(?<![0-9A-Za-z.])v?([0-9]{1,6}(?:\\.[0-9]{1,6}){2,3}(?:-[0-9A-Za-z.]{1,40})?)");

    /**
     * Asks.
     *
     * @param command how one asks; it should hold no secrets
     */
    static ProgramVersion of(ProcessRunner runner, Command command) {
        return switch (runner.run(command)) {
            case Ended.NotFound _ -> new Unsaid("can't be started");
            case Ended.Ran ran -> {
                if (ran.cause() != Ended.Cause.ITSELF) {
                    yield new Unsaid("gave no answer within " + command.limit().toSeconds() + " seconds");
                }
                if (ran.code() != 0) {
                    yield new Unsaid("ended with exit code " + ran.code());
                }
                Matcher number = NUMBER.matcher(ran.log().raw());
                yield number.find() ? new Said(number.group(1)) : new Unsaid("named no version");
            }
        };
    }
}
