package dev.pawl.app.doctor;

import dev.pawl.app.rehearsal.Ink;
import dev.pawl.app.rehearsal.Screen;
import dev.pawl.domain.report.Checkup;
import dev.pawl.domain.report.Finding;
import java.util.ArrayList;
import java.util.List;

/** Tells each finding as it is made, in words; on a terminal also what is being looked at. */
public final class TextCheckup implements Checkup {
    private static final int LEVEL = 11;

    private final Screen screen;
    private final Ink ink;
    private final List<Finding> findings = new ArrayList<>();
    private String area = "";

    /** Tells it on that screen. */
    public TextCheckup(Screen screen) {
        this.screen = screen;
        this.ink = screen.ink();
    }

    @Override
    public void looks(String what) {
        screen.settled();
        screen.progress(ink.clean("  " + what + " …"));
    }

    @Override
    public void finds(Finding finding) {
        screen.settled();
        findings.add(finding);
        if (!finding.area().equals(area)) {
            area = finding.area();
            screen.line(ink.bold(ink.clean(area)));
        }
        String word = finding.level().word();
        screen.line("  " + coloured(finding.level()) + " ".repeat(LEVEL - word.length() + 1) + line(finding.says()));
        finding.todo().ifPresent(todo -> screen.line(margin() + line(todo)));
    }

    /** What comes from outside stays on its line. */
    private String line(String text) {
        return ink.clean(text.replace('\n', ' '));
    }

    private static String margin() {
        return " ".repeat(2 + LEVEL + 1);
    }

    private String coloured(Finding.Level level) {
        return switch (level) {
            case OK -> ink.green(level.word());
            case NOTE, UNREACHABLE -> ink.yellow(level.word());
            case PROBLEM -> ink.red(level.word());
        };
    }

    /** The last line, and all that was found. */
    public List<Finding> closed() {
        screen.settled();
        screen.line("");
        screen.line(sum());
        return List.copyOf(findings);
    }

    private String sum() {
        long problems = count(Finding.Level.PROBLEM);
        long unreachable = count(Finding.Level.UNREACHABLE);
        if (problems > 0) {
            return ink.red(problems == 1 ? "1 problem. Mend it" : problems + " problems. Mend them")
                    + ", and run this again.";
        }
        if (unreachable > 0) {
            return ink.yellow("Not everything could be reached.") + " Try again later.";
        }
        return ink.green("Nothing has to be mended.");
    }

    private long count(Finding.Level level) {
        return findings.stream().filter(f -> f.level() == level).count();
    }
}
