package dev.pawl.app.rehearsal;

/**
 * What people write in a walk.
 *
 * @param title the title
 * @param body its text
 * @param answer what its author says when asked
 */
record Story(String title, String body, String answer) {
    private static final String BASKET = """
        I put `2 50 apple` and `1 250 loaf` into a file and ran `./basket.sh < basket.txt`.
        I expected 3.50 and got 3.00: the quantity isn't counted.
        """;
    private static final String NOTE = """
        A file `PAWL-REHEARSAL.md` at the top of the repository should say in one line what this copy is for. \
        Nothing else should change.
        """;

    /** The story of a walk through the sample project. */
    static Story ofSample(Scenario scenario) {
        String title = scenario.titled(
                switch (scenario) {
                    case BUG -> "two apples cost as much as one";
                    case FEATURE -> "a discount on the whole basket";
                    case RESEARCH -> "should prices stay in cents?";
                    case CHORE -> "keep editor settings in the repository";
                    case DOCS -> "say how to run the tests";
                    case VAGUE -> "Prices look wrong";
                });
        String body =
                switch (scenario) {
                    case BUG -> BASKET;
                    case FEATURE -> """
                        `./basket.sh --discount 10` should take ten percent off the total.

                        - a coat of 10.00 costs 9.00
                        - without the option everything stays as it is
                        """;
                    case RESEARCH -> """
                        All prices are whole cents. Is that enough for what the shop sells, and what would it take to go
                        beyond? Please look at the code and write down what you find.
                        """;
                    case CHORE -> "An `.editorconfig` would spare us discussions about indentation in the scripts.\n";
                    case DOCS -> "The README says how to add up a basket, but not how to run the tests.\n";
                    case VAGUE -> "Something is off with the totals since last week.\n";
                };
        return new Story(title, body, BASKET);
    }

    /** The story of a walk through a project that we know nothing of. */
    static Story ofOwn(Scenario scenario) {
        return switch (scenario) {
            case BUG, FEATURE, CHORE, DOCS ->
                new Story(scenario.titled("a note about the rehearsal is missing"), NOTE, NOTE);
            case RESEARCH ->
                new Story(
                        scenario.titled("how is this project tested?"),
                        "Which tests are there, how are they run, and what do they leave out?\n",
                        "The tests that run before a merge.\n");
            case VAGUE -> new Story("Something is missing", "I looked for it and didn't find it.\n", NOTE);
        };
    }
}
