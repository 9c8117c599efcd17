package io.serai.secrets.internal.config;

import io.serai.api.secret.SecretPlaceholders;
import io.serai.secrets.internal.source.NodeSecrets;
import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has configurations given out again whose secrets have other values, and at the start those that were given out without. */
@Component(
        service = {},
        immediate = true)
public final class ChangedSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(ChangedSecrets.class);

    private final NodeSecrets secrets;
    private final ConfigurationAdmin admin;
    private final Consumer<Set<String>> listener = this::changed;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("secrets-configuration-1");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins; what was configured before is given out again. */
    @Activate
    public ChangedSecrets(@Reference NodeSecrets secrets, @Reference ConfigurationAdmin admin) {
        this.secrets = secrets;
        this.admin = admin;
        secrets.onChange(listener);
        executor.execute(() -> giveAgain(names -> !names.isEmpty()));
    }

    @Deactivate
    void close() {
        secrets.forget(listener);
        executor.shutdownNow();
    }

    private void changed(Set<String> names) {
        executor.execute(() -> giveAgain(used -> used.stream().anyMatch(names::contains)));
    }

    /** Updates what uses some secrets by what it is, so that whoever has it is given it anew. */
    private void giveAgain(Predicate<Set<String>> affected) {
        try {
            Configuration[] all = admin.listConfigurations(null);
            for (Configuration configuration : all == null ? new Configuration[0] : all) {
                Dictionary<String, Object> properties = configuration.getProperties();
                if (properties != null && affected.test(names(properties))) {
                    configuration.update(properties);
                    LOG.info(
                            "A configuration was given out with new values of secrets: pid={}", configuration.getPid());
                }
            }
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
            LOG.warn("Configurations were not given out again after a secret changed: cause={}", e.getMessage(), e);
        }
    }

    private static Set<String> names(Dictionary<String, Object> properties) {
        Set<String> names = new TreeSet<>();
        for (String key : Collections.list(properties.keys())) {
            if (properties.get(key) instanceof String text) {
                names.addAll(SecretPlaceholders.names(text));
            }
        }
        return names;
    }
}
