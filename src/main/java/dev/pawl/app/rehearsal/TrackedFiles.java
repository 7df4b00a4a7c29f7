package dev.pawl.app.rehearsal;

import dev.pawl.sandbox.SandboxFile;
import dev.pawl.sandbox.SandboxFile.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The files of a work tree that git tracks, as they lie there now. Only reads. */
final class TrackedFiles {
    private TrackedFiles() {}

    /**
     * The files of the work tree that the folder is in, the whole tree.
     *
     * @throws UnreadableProject when the folder is in no work tree, or nothing is tracked
     */
    static List<SandboxFile> of(Path folder) {
        var builder = new FileRepositoryBuilder()
                .findGitDir(folder.toAbsolutePath().normalize().toFile());
        if (builder.getGitDir() == null) {
            throw new UnreadableProject(folder + " is in no git repository");
        }
        try (Repository repository = builder.build()) {
            if (repository.isBare()) {
                throw new UnreadableProject(folder + " has no work tree");
            }
            List<SandboxFile> files =
                    read(repository.readDirCache(), repository.getWorkTree().toPath());
            if (files.isEmpty()) {
                throw new UnreadableProject(folder + " tracks no files; `git add` some first");
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SandboxFile> read(DirCache index, Path root) {
        var files = new ArrayList<SandboxFile>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            DirCacheEntry entry = index.getEntry(i);
            Path file = root.resolve(entry.getPathString());
            boolean first = i == 0 || !index.getEntry(i - 1).getPathString().equals(entry.getPathString());
            if (first && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                kind(entry, file)
                        .ifPresent(kind ->
                                files.add(new SandboxFile(entry.getPathString(), kind, () -> content(file, kind))));
            }
        }
        return files;
    }

    /** Modules of other repositories are left out, and so is what isn't the kind of file that git remembers. */
    private static Optional<Kind> kind(DirCacheEntry entry, Path file) {
        FileMode mode = entry.getFileMode();
        if (mode == FileMode.SYMLINK) {
            return Files.isSymbolicLink(file) ? Optional.of(Kind.LINK) : Optional.empty();
        }
        if (mode == FileMode.GITLINK || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(mode == FileMode.EXECUTABLE_FILE ? Kind.EXECUTABLE : Kind.REGULAR);
    }

    private static byte[] content(Path file, Kind kind) {
        try {
            return kind == Kind.LINK
                    ? Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
