package dev.pawl.app.rehearsal;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Hides the machine's and the user's git settings: a rehearsal runs none of their filters and takes none of their detours. */
final class NoGitConfig extends SystemReader.Delegate {
    private NoGitConfig(SystemReader machine) {
        super(machine);
    }

    /** Hides them until closed. */
    static Hidden hide() {
        SystemReader machine = SystemReader.getInstance();
        SystemReader.setInstance(new NoGitConfig(machine));
        return () -> SystemReader.setInstance(machine);
    }

    /** Ends the hiding. */
    interface Hidden extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** A configuration without a file. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is nothing to read
        }

        @Override
        public void save() {
            // and nothing to write
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
