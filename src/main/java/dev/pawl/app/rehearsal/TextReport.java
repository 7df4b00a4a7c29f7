package dev.pawl.app.rehearsal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Tells it in words, line by line. */
final class TextReport implements Report {
    private final Screen screen;
    private final Ink ink;
    private boolean step;

    TextReport(Screen screen) {
        this.screen = screen;
        this.ink = screen.ink();
    }

    @Override
    public void opening(Options options, Project project) {
        step = options.step();
        screen.line(ink.bold("Rehearsal on an embedded GitHub: workflow "
                        + options.scenario().word()) + ", repository octo/shop");
        project.remarks().forEach(remark -> screen.line(ink.dim(remark)));
        screen.line("");
        screen.line(ink.bold(Columns.header()));
    }

    @Override
    public void person(People.Deed deed) {
        screen.line(ink.cyan("@" + deed.who()) + " " + ink.clean(deed.what()));
    }

    @Override
    public void starting(Bell bell) {
        if (step) {
            screen.waitForEnter("Enter starts the invocation for " + bell.occasion() + " ");
        }
        screen.progress(bell.occasion() + " \u2026");
    }

    @Override
    public void ended(Invocation invocation) {
        screen.settled();
        screen.line(Columns.line(invocation, ink));
        if (!invocation.errors().isEmpty()) {
            ink.clean(invocation.errors()).lines().forEach(line -> screen.line(ink.red("  | ") + line));
        }
    }

    @Override
    public void closing(Result result) {
        screen.line("");
        var view = new ThreadView(ink);
        view.issue(result.people().issue()).forEach(screen::line);
        Ending.pull(result.scene()).ifPresent(pull -> {
            screen.line("");
            view.pull(pull).forEach(screen::line);
        });
        screen.line("");
        screen.line(ink.rule(78));
        String sentence = ink.clean(result.ending().sentence());
        screen.line(result.ending().reached() ? ink.green(sentence) : ink.red(sentence));
        screen.line(ink.dim(sums(result)));
        result.kept().ifPresent(folder -> screen.line("Everything of it is kept in " + folder));
        screen.line("");
        screen.line(next(result.options().scenario()));
    }

    private static String next(Scenario done) {
        String other = done == Scenario.FEATURE
                ? "--workflow research   a question that ends in a report"
                : "--workflow feature    a plan that a person approves";
        return """
            What next
              pawl sandbox %s
              pawl sandbox --policy FILE         a policy of your own
              pawl sandbox --repository .        a copy of your own project
              docs/getting-started.md            the first real label\
            """.formatted(other);
    }

    private static String sums(Result result) {
        int requests =
                result.invocations().stream().mapToInt(Invocation::requests).sum();
        Duration took = result.invocations().stream().map(Invocation::took).reduce(Duration.ZERO, Duration::plus);
        return String.format(
                Locale.ROOT,
                "%d invocations, %d API requests, %.1f s, $%s",
                result.invocations().size(),
                requests,
                took.toMillis() / 1000.0,
                cost(result).setScale(2, RoundingMode.HALF_UP).toPlainString());
    }

    /** What the agents said that they cost. */
    static BigDecimal cost(Result result) {
        return result.invocations().stream()
                .map(invocation -> amount(invocation.output("cost-usd")))
                .flatMap(Optional::stream)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Optional<BigDecimal> amount(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
