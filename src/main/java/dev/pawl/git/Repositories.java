package dev.pawl.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Makes git directories of ours. None is ever opened that somebody else made. */
final class Repositories {
    private Repositories() {}

    /** A new bare git directory that only its owner may enter. What was there is removed. */
    static Repository bare(Path folder) throws IOException {
        Folders.remove(folder);
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        begin(folder);
        Repository repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.getConfig().setBoolean("core", null, "bare", true);
        configure(repository);
        return repository;
    }

    /**
     * The least that makes a folder a git directory (gitrepository-layout(5)). JGit's own way makes a dozen more files and starts
     * a program, to find out what every Linux can.
     */
    static void begin(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("refs").resolve("heads"));
        Files.createDirectories(folder.resolve("objects").resolve("info"));
        Files.createDirectories(folder.resolve("objects").resolve("pack"));
        Files.writeString(folder.resolve(Constants.HEAD), "ref: refs/heads/main\n");
    }

    /**
     * The objects of a foreign repository, and nothing else of it: its configuration, refs, hooks and grafts stay unread.
     *
     * @param own a bare repository of ours that lends everything but the objects
     * @param foreign the foreign repository's work tree
     * @return empty where it isn't an ordinary clone
     */
    static Optional<Repository> objectsOf(Repository own, Path foreign) throws IOException {
        Path git = foreign.resolve(".git");
        Path objects = git.resolve("objects");
        if (!Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)
                || !Files.isDirectory(objects, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(new FileRepositoryBuilder()
                .setGitDir(own.getDirectory())
                .setObjectDirectory(objects.toFile())
                .setBare()
                .build());
    }

    /**
     * Whether we have the commit and all its files. A ref of ours says so; an object alone may be what a broken copy left
     * behind.
     */
    static boolean isWhole(Repository ours, ObjectId commit) throws IOException {
        return ours.getRefDatabase().getRefsByPrefix(Constants.R_REFS).stream()
                .anyMatch(ref -> commit.equals(ref.getObjectId()));
    }

    private static void configure(Repository repository) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setInt("core", null, "repositoryformatversion", 0);
        config.setString("core", null, "hooksPath", "/dev/null");
        config.setBoolean("core", null, "fsmonitor", false);
        config.setBoolean("core", null, "logAllRefUpdates", false);
        // a foreign commit graph isn't covered by any hash that we check
        config.setBoolean("core", null, "commitGraph", false);
        config.setInt("gc", null, "auto", 0);
        config.setString("http", null, "followRedirects", "false");
        config.setBoolean("http", null, "sslVerify", true);
        config.save();
    }
}
