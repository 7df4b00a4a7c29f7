package dev.pawl.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** The difference of two commits as text, not longer than told. */
final class UnifiedDiff {
    private static final int LARGEST_FILE = 1 << 20;

    private UnifiedDiff() {}

    /** The difference; cut after a whole line. Binary and very large files are named, not shown. */
    static String of(Repository repository, ObjectId from, ObjectId to, int maxBytes) throws IOException {
        var text = new Bounded(maxBytes);
        try (var formatter = new DiffFormatter(text)) {
            formatter.setRepository(repository);
            formatter.setDetectRenames(false);
            formatter.setBinaryFileThreshold(LARGEST_FILE);
            for (DiffEntry entry : formatter.scan(from, to)) {
                if (text.isFull()) {
                    break;
                }
                formatter.format(entry);
                formatter.flush();
            }
        }
        return text.lines();
    }

    /** Keeps the beginning of what is written to it. */
    private static final class Bounded extends ByteArrayOutputStream {
        private final int most;
        private boolean full;

        Bounded(int most) {
            this.most = Math.max(0, most);
        }

        @Override
        public synchronized void write(int b) {
            if (count < most) {
                super.write(b);
            } else {
                full = true;
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            int fits = Math.min(length, most - count);
            super.write(bytes, offset, fits);
            full |= fits < length;
        }

        boolean isFull() {
            return full;
        }

        String lines() {
            int end = count;
            if (full) {
                while (end > 0 && buf[end - 1] != '\n') {
                    end--;
                }
            }
            return new String(buf, 0, end, StandardCharsets.UTF_8);
        }
    }
}
