package dev.pawl.git;

import dev.pawl.domain.port.GitUnavailable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Writes a commit's files into a new folder, byte for byte: no line ends, filters or attributes. Folders are made one by one and
 * files only where nothing is, so that no link is ever written through.
 */
final class Layout {
    private final ObjectReader reader;
    private final Path root;
    private final Set<String> folders = new HashSet<>();

    Layout(ObjectReader reader, Path root) {
        this.reader = reader;
        this.root = root;
    }

    /** Writes all files. The folder must not be there yet. */
    void write(StartTree start) throws IOException {
        Files.createDirectory(root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        for (Map.Entry<String, StartTree.Entry> entry : start.entries().entrySet()) {
            if (entry.getValue().utf8()) {
                try {
                    write(entry.getKey(), entry.getValue());
                } catch (InvalidPathException e) {
                    throw new GitUnavailable(
                            GitUnavailable.Kind.UNUSABLE,
                            "git: the system's locale isn't UTF-8, which this name needs: "
                                    + OneLine.path(entry.getKey()),
                            e);
                }
            }
        }
    }

    private void write(String path, StartTree.Entry entry) throws IOException {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            makeFolder(path.substring(0, slash));
        }
        Path file = root.resolve(path);
        if (entry.isSubmodule()) {
            makeFolder(path);
        } else if (entry.isLink()) {
            byte[] target = reader.open(entry.id(), Constants.OBJ_BLOB).getCachedBytes(1 << 16);
            Files.createSymbolicLink(file, Path.of(new String(target, StandardCharsets.UTF_8)));
        } else {
            try (OutputStream out =
                    Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                reader.open(entry.id(), Constants.OBJ_BLOB).copyTo(out);
            }
            Files.setPosixFilePermissions(
                    file, PosixFilePermissions.fromString(entry.isExecutable() ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private void makeFolder(String path) throws IOException {
        if (folders.add(path)) {
            int slash = path.lastIndexOf('/');
            if (slash > 0) {
                makeFolder(path.substring(0, slash));
            }
            Files.createDirectory(root.resolve(path));
        }
    }
}
