package io.serai.deployer.internal.config;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.secret.SecretException;
import io.serai.api.secret.SecretPlaceholders;
import io.serai.api.secret.SecretSource;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.handler.NodeHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the Configuration Admin service what {@code config/<pid>.cfg} and {@code deploy/<pid>.cfg} say. When such a file
 * goes, the file of that PID in the node's {@code etc} counts again.
 */
@Component(service = {ArtifactHandler.class, ConfigurationListener.class})
public final class ConfigurationHandler implements NodeHandler, ConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationHandler.class);

    /** Marks configurations of the state, so that they are recognised after a restart. */
    private static final String PATH_PROPERTY = "serai.path";

    private static final String ETC = "karaf.etc";
    private static final String ANY_BUNDLE = "?";
    private static final String FILE_PROPERTY = "felix.fileinstall.filename";

    private final ConfigurationAdmin admin;
    private final Function<String, @Nullable String> variables;
    private final Optional<Path> etc;
    private final Map<String, StatePath> owners = new ConcurrentHashMap<>();
    private final Map<StatePath, ConfigurationFile> applied = new ConcurrentHashMap<>();

    /** Absent until the node has come up that far. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable SecretSource secrets;

    /** Makes the handler of this node. */
    @Activate
    public ConfigurationHandler(BundleContext context, @Reference ConfigurationAdmin admin) {
        this(
                admin,
                context::getProperty,
                Optional.ofNullable(context.getProperty(ETC)).map(Path::of));
    }

    /**
     * Makes a handler.
     *
     * @param variables the values of <code>${name}</code> in files
     * @param etc where the node keeps the configuration it came with, if it does
     */
    ConfigurationHandler(ConfigurationAdmin admin, Function<String, @Nullable String> variables, Optional<Path> etc) {
        this.admin = admin;
        this.variables = variables;
        this.etc = etc;
    }

    @Override
    public String description() {
        return "configurations (.cfg)";
    }

    @Override
    public boolean handles(StatePath path) {
        return isConfiguration(path);
    }

    /** Returns whether a file is a configuration, by its place and name. */
    public static boolean isConfiguration(StatePath path) {
        return (path.isBelow("config") || path.isBelow("deploy"))
                && path.segments().size() == 2
                && ConfigurationFile.named(path);
    }

    /** Checks a file before it becomes part of the state. */
    public static void check(StatePath path, Content content) throws DeploymentException {
        ConfigurationFile.read(path, content, variable -> null);
    }

    @Override
    public String apply(Artifact artifact) throws DeploymentException {
        StatePath path = artifact.path();
        ConfigurationFile file = ConfigurationFile.read(path, artifact.content(), variables);
        requireSecrets(path, file);
        StatePath owner = owners.putIfAbsent(file.fullPid(), path);
        if (owner != null && !owner.equals(path)) {
            throw new DeploymentException(
                    Reason.CONFLICT,
                    path + " configures " + file.fullPid() + ", but " + owner + " does so already; remove one of them.",
                    null);
        }
        // before the update: who is told of that must not take it for somebody else's
        ConfigurationFile before = applied.put(path, file);
        try {
            configuration(file).updateIfDifferent(owned(path, file));
        } catch (IOException e) {
            applied.compute(path, (any, now) -> before);
            throw new DeploymentException(
                    Reason.IO, "Configuration " + file.fullPid() + " was not written: " + e.getMessage() + ".", e);
        }
        return "configuration " + file.fullPid();
    }

    /** Demands that this node has the secrets whose values belong into a file; who it is for is given them, not the file. */
    private void requireSecrets(StatePath path, ConfigurationFile file) throws DeploymentException {
        for (String value : file.values().values()) {
            for (String name : SecretPlaceholders.names(value)) {
                SecretSource source = secrets;
                if (source == null) {
                    throw new DeploymentException(
                            Reason.UNSATISFIED, path + " uses secrets, which this node does not have yet.", null);
                }
                try {
                    Arrays.fill(source.read(name), '\0');
                } catch (SecretException e) {
                    throw new DeploymentException(
                            Reason.UNSATISFIED, path + " uses secret " + name + ". " + e.getMessage(), e);
                }
            }
        }
    }

    @Override
    public void remove(StatePath path) throws DeploymentException {
        ConfigurationFile file = applied.remove(path);
        if (file == null) {
            return;
        }
        try {
            if (!restore(file)) {
                configuration(file).delete();
            }
        } catch (IOException e) {
            throw new DeploymentException(
                    Reason.IO, "Configuration " + file.fullPid() + " was not removed: " + e.getMessage() + ".", e);
        } finally {
            owners.remove(file.fullPid(), path);
        }
    }

    /** Sets a configuration back if somebody changed it that the state configures. */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED) {
            keep(event.getPid());
        }
    }

    private void keep(String fullPid) {
        StatePath path = owners.get(fullPid);
        ConfigurationFile file = path == null ? null : applied.get(path);
        if (path == null || file == null) {
            return;
        }
        try {
            if (configuration(file).updateIfDifferent(owned(path, file))) {
                LOG.warn("Configuration was changed on the node and set back: pid={}, path={}", fullPid, path);
            }
        } catch (IOException e) {
            LOG.warn("Configuration was changed on the node and not set back: pid={}, path={}", fullPid, path, e);
        }
    }

    @Override
    public void cleanUp() {
        try {
            Configuration[] owned = admin.listConfigurations("(" + PATH_PROPERTY + "=*)");
            for (Configuration configuration : owned == null ? new Configuration[0] : owned) {
                Object path = configuration.getProperties().get(PATH_PROPERTY);
                if (!owners.containsValue(new StatePath(String.valueOf(path)))) {
                    configuration.delete();
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            LOG.warn("Configurations of an earlier run were not removed: reason={}", e.getMessage(), e);
        }
    }

    private boolean restore(ConfigurationFile file) throws DeploymentException, IOException {
        Optional<Path> own = etc.map(folder -> folder.resolve(file.pid() + ".cfg"))
                .filter(Files::isRegularFile)
                .filter(any -> file.instance().isEmpty());
        if (own.isEmpty()) {
            return false;
        }
        StatePath name = StatePath.of("etc", file.pid() + ".cfg");
        ConfigurationFile original = ConfigurationFile.read(name, Content.of(own.get()), variables);
        Map<String, Object> values = new HashMap<>(original.values());
        values.put(FILE_PROPERTY, own.get().toUri().toString());
        configuration(file).updateIfDifferent(FrameworkUtil.asDictionary(values));
        return true;
    }

    private Configuration configuration(ConfigurationFile file) throws IOException {
        return file.instance().isPresent()
                ? admin.getFactoryConfiguration(file.pid(), file.instance().get(), ANY_BUNDLE)
                : admin.getConfiguration(file.pid(), ANY_BUNDLE);
    }

    private static Dictionary<String, Object> owned(StatePath path, ConfigurationFile file) {
        Map<String, Object> values = new HashMap<>(file.values());
        values.put(PATH_PROPERTY, path.value());
        return FrameworkUtil.asDictionary(values);
    }
}
