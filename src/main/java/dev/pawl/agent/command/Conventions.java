package dev.pawl.agent.command;

import dev.pawl.agent.prompt.Convention;
import dev.pawl.agent.result.ResultFile;
import dev.pawl.domain.model.Sha;
import dev.pawl.domain.model.Untrusted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The repository's instruction files for agents, as they are in the base commit: what a branch changes in them counts
 * once it is merged.
 *
 * @param files gives files of the base
 * @param workTree the work tree
 * @param base the base commit
 */
public record Conventions(BaseFiles files, Path workTree, Sha base) {
    /** Those that are there. Two of the same content are one: many repositories have one file by several names. */
    public List<Convention> read(List<String> names) {
        var found = new ArrayList<Convention>();
        for (String name : names) {
            files.file(workTree, base, name).map(Conventions::text).ifPresent(text -> {
                boolean known = found.stream().anyMatch(c -> c.text().equals(text));
                if (!text.isBlank() && !known) {
                    found.add(new Convention(name, text));
                }
            });
        }
        return found;
    }

    private static Untrusted text(Path file) {
        try {
            return ResultFile.read(file.toRealPath()) instanceof ResultFile.Content.Text(String text)
                    ? new Untrusted(text)
                    : Untrusted.EMPTY;
        } catch (IOException e) {
            return Untrusted.EMPTY;
        }
    }
}
