package dev.pawl.fuzz;

import java.util.List;
import java.util.Random;

/** Texts made of what readers look for, cut, doubled, swapped and spoiled; the same ones for the same seed. */
final class Inputs {
    private static final List<String> SCRAPS = List.of(
            "<!--",
            "-->",
            "--!>",
            "<!-->",
            "<!-- pawl:state v1 ",
            "<!-- pawl:plan v1 issue=42 run=r-1 key=plan -->",
            "<!-- pawl:data v1 ",
            " sig=",
            "/pawl",
            "\n/pawl start\n",
            "\n/pawl retry plan",
            "> ",
            "```",
            "~~~",
            "`",
            "@octocat",
            "@",
            "#1",
            "o/r#7",
            "GH-12",
            "Fixes ",
            "/pull/5",
            "[skip ci]",
            "[ci ",
            "***no_ci***",
            "***",
            "skip-checks:",
            "![",
            "](",
            "[x]: ",
            "javascript:",
            "data:",
            "http://",
            "&#64;",
            "&lt;",
            "&",
            ";",
            "\\",
            "::error::",
            "::",
            "##[",
            "\r",
            "\n",
            "\r\n",
            "\t",
            " ",
            "\u00a0",
            "\u200b",
            "\u202e",
            "\ufeff",
            "\u2028",
            "\udb40\udc41",
            "\ud800",
            "\u0000",
            "\u001b[31m",
            "\ufe0f",
            "\u3164",
            "\ud83d\ude00",
            "é",
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "null",
            "true",
            "-1",
            "0",
            "1e99",
            "99999999999999999999",
            "\"epoch\":9",
            "\"a\":{",
            "- ",
            "? ",
            "& a",
            "*a",
            "!!tag ",
            "|\n",
            ">\n",
            "%",
            "'",
            "version: 1\n",
            "limits: {",
            "agents:\n  a: ",
            "__",
            "*",
            "\n\n",
            "---\n",
            "<a",
            "</",
            "<img src=x>",
            "(",
            ")",
            "0".repeat(40),
            "pawl-daybook v1\n",
            "spent ");

    private final Random random;

    Inputs(long seed) {
        this.random = new Random(seed);
    }

    /** A text made of scraps alone. */
    String scraps() {
        var text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.append(scrap());
        }
        return text.toString();
    }

    /** A few scraps, to be repeated. */
    String unit() {
        var text = new StringBuilder(scrap());
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(scrap());
        }
        return text.toString();
    }

    /** One of those texts, spoiled a little; or scraps. */
    String like(List<String> honest) {
        if (random.nextInt(4) == 0) {
            return scraps();
        }
        String text = honest.get(random.nextInt(honest.size()));
        for (int i = random.nextInt(5); i >= 0; i--) {
            text = spoiled(text);
        }
        return text;
    }

    private String spoiled(String text) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        String begin = text.substring(0, from);
        String end = text.substring(to);
        return switch (random.nextInt(6)) {
            case 0 -> begin + end;
            case 1 -> begin + scrap() + text.substring(from);
            case 2 -> begin + scrap() + end;
            case 3 -> begin + text.substring(from, to).repeat(3) + end;
            case 4 -> begin + Character.toString(random.nextInt(0x3000)) + end;
            default -> end + begin;
        };
    }

    private String scrap() {
        return SCRAPS.get(random.nextInt(SCRAPS.size()));
    }
}
