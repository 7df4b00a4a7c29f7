package dev.pawl.git;

import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit may see of the machine: the time, and nothing else. Without it a {@code .gitconfig} in the home folder, which on
 * a runner all steps share, decides where pushes go and what runs. It holds for the whole process.
 */
@SuppressWarnings("deprecation") // the old clock methods are still abstract
public final class IsolatedSystemReader extends SystemReader {
    /** Coarser than any file system of today; a repository has one writer here. */
    private static final String FILE_TIMES = "10 milliseconds";

    private final SystemReader machine;

    private IsolatedSystemReader(SystemReader machine) {
        this.machine = machine;
        setPlatformChecker();
    }

    /** Makes it the process's own. */
    public static synchronized void install() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader(current));
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @SuppressWarnings("NullAway") // JGit's contract: null for a variable that isn't set
    @Override
    public String getenv(String variable) {
        return null;
    }

    @Override
    public String getProperty(String key) {
        return machine.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    /** Holds what JGit would otherwise find out in each process anew, for seconds: how finely file times are kept. */
    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        var config = new NoConfig(parent, fs);
        String prefix = getProperty("java.vendor") + '|' + getProperty("java.version") + '|';
        for (FileStore store : FileSystems.getDefault().getFileStores()) {
            config.setString("filesystem", prefix + store.name(), "timestampResolution", FILE_TIMES);
            config.setString("filesystem", prefix + store.name(), "minRacyThreshold", FILE_TIMES);
        }
        return config;
    }

    @Override
    public long getCurrentTime() {
        return machine.getCurrentTime();
    }

    @Override
    public int getTimezone(long when) {
        return 0;
    }

    /** A configuration without a file. */
    private static final class NoConfig extends FileBasedConfig {
        NoConfig(Config parent, FS fs) {
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
