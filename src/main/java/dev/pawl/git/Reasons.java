package dev.pawl.git;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Why a change is refused: one sentence for each path, the first ones in full. */
final class Reasons {
    private static final int MOST = 20;

    private final Set<String> sentences = new LinkedHashSet<>();

    void isProtected(String path) {
        add(path, "is protected: a person has to change it.");
    }

    void isNoText(String path) {
        add(path, "conflicts in a way that can't be shown as text: a person has to solve it.");
    }

    void isMarked(String path) {
        add(path, "still has markers of a conflict.");
    }

    void haveNoStart() {
        sentences.add("The branch and its base have no start in common that git can merge them from.");
    }

    void isReserved(String path) {
        add(path, "has a name that git keeps for itself.");
    }

    void isHidden(String path) {
        add(path, "has characters in its name that can't be seen.");
    }

    void leaves(String path) {
        add(path, "is a link that doesn't stay inside the repository.");
    }

    void isSpecial(String path) {
        add(path, "is neither a file nor a folder nor a link.");
    }

    void isSubmodule(String path) {
        add(path, "stands in the place of a submodule or of a file that can't be shown here.");
    }

    void isUnreadable(String path) {
        add(path, "can't be read.");
    }

    void isShared(String path) {
        add(path, "has a second name on the disk: a hard link.");
    }

    void isMoving(String path) {
        add(path, "changed while it was read.");
    }

    void holds(String path, String secret) {
        add(path, "holds " + secret + ": a secret never leaves.");
    }

    /** Without the name: it is the secret. */
    void isNamedBy(String secret) {
        sentences.add("The name of a file holds " + secret + ": a secret never leaves.");
    }

    void isTooDeep(String path) {
        add(path, "lies too many folders deep.");
    }

    void collide(String path, String other) {
        add(path, "and " + OneLine.path(other) + " are the same name on some systems.");
    }

    void areTooMany(String path, int most) {
        sentences.add("The change touches more than " + most + " files; " + OneLine.path(path) + " is one too many.");
    }

    void isTooLarge(String path, long most) {
        sentences.add(
                "The change brings more than " + most + " bytes; " + OneLine.path(path) + " is the largest file.");
    }

    boolean isEmpty() {
        return sentences.isEmpty();
    }

    /** All sentences, as far as anybody reads. */
    List<String> list() {
        if (sentences.size() <= MOST) {
            return List.copyOf(sentences);
        }
        var list = new ArrayList<>(sentences.stream().limit(MOST).toList());
        list.add("There are " + (sentences.size() - MOST) + " more refusals like these.");
        return list;
    }

    private void add(String path, String sentence) {
        sentences.add(OneLine.path(path) + " " + sentence);
    }
}
