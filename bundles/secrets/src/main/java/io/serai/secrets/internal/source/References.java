package io.serai.secrets.internal.source;

import io.serai.secrets.internal.SecretsConfig;
import io.serai.secrets.internal.SecretsSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Reads values that the state does not have. */
@Designate(ocd = SecretsConfig.class)
@Component(
        service = References.class,
        configurationPid = SecretsSettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class References {
    private final SecretsSettings settings;
    private final PermittedFiles files;
    private final Function<String, @Nullable String> environment;
    private final VaultClient vault;

    /** Reads what a configuration permits. */
    @Activate
    public References(SecretsConfig config) {
        this(SecretsSettings.of(config), System::getenv);
    }

    /** Reads what is permitted. */
    public References(SecretsSettings settings, Function<String, @Nullable String> environment) {
        this.settings = settings;
        this.files = new PermittedFiles(settings.folders());
        this.environment = environment;
        this.vault = new VaultClient(settings.vault(), files);
    }

    /** Ends. */
    @Deactivate
    public void close() {
        vault.close();
    }

    /**
     * Reads a value.
     *
     * @throws IOException saying why it cannot be read, and what to do, without anything of the value
     */
    char[] read(ValueReference reference) throws IOException, InterruptedException {
        if (reference instanceof ValueReference.InFile file) {
            return files.read(file.path());
        }
        if (reference instanceof ValueReference.InEnvironment variable) {
            return variable(variable.name());
        }
        return vault.read((ValueReference.InVault) reference);
    }

    /** Returns after how long a value may be another one. */
    Duration freshness(ValueReference reference) {
        return reference instanceof ValueReference.InVault ? settings.vault().cache() : Duration.ZERO;
    }

    /**
     * Reads a file that is permitted.
     *
     * @throws IOException saying why it cannot be read, and what to do
     */
    public char[] file(String path) throws IOException {
        return files.read(path);
    }

    /** Returns how often to look. */
    public Duration refresh() {
        return settings.refresh();
    }

    private char[] variable(String name) throws IOException {
        if (settings.environment().stream().noneMatch(name::startsWith)) {
            throw new IOException("environment variable " + name + " may not be read: environment.prefixes of "
                    + SecretsSettings.PID + " permits " + String.join(", ", settings.environment()));
        }
        String value = environment.apply(name);
        if (value == null) {
            throw new IOException("environment variable " + name + " is not set; set it, and start this node again");
        }
        return value.toCharArray();
    }
}
