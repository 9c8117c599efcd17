package io.serai.state.internal;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the machine out of JGit: no configuration of system and user, no Git variables of the environment, no locale and
 * time zone. In their place stands the configuration that the state repository needs.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {
    // As small as a tree or a source file is worth a delta; an archive is not.
    private static final Map<String, String> CORE = Map.of(
            "fsyncObjectFiles", "true",
            "fsyncRefFiles", "true",
            "compression", "1",
            "bigFileThreshold", "512k",
            "logAllRefUpdates", "false");

    IsolatedSystemReader() {
        super(SystemReader.getInstance());
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public ZoneId getTimeZoneId() {
        return ZoneOffset.UTC;
    }

    @Override
    public Locale getLocale() {
        return Locale.ROOT;
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new FixedConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        FixedConfig config = new FixedConfig(parent, fs);
        CORE.forEach((key, value) -> config.setString("core", null, key, value));
        config.setBoolean("pack", null, "buildBitmaps", false);
        return config;
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new FixedConfig(parent, fs);
    }

    /** A configuration in memory; JGit wants the type of one that has a file. */
    private static final class FixedConfig extends FileBasedConfig {
        FixedConfig(Config parent, FS fs) {
            super(parent, new File("serai"), fs);
        }

        @Override
        public void load() {
            // There is no file.
        }

        @Override
        public void save() {
            // There is no file.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        /**
         * Answers what JGit would otherwise find out in three seconds of spinning at each start. The files of Linux tell the
         * time in ticks of up to 10 ms; JGit would list the folder of packs that long, for each object it looks for in vain.
         * But we alone write there, and it knows of each pack without looking.
         */
        @Override
        public @Nullable String getString(String section, @Nullable String subsection, String name) {
            if (section.equals("filesystem")) {
                return name.equals("timestampResolution") || name.equals("minRacyThreshold") ? "1 ns" : null;
            }
            return super.getString(section, subsection, name);
        }
    }
}
