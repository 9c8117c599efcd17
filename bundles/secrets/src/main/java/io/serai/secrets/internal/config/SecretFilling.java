package io.serai.secrets.internal.config;

import io.serai.api.secret.SecretException;
import io.serai.api.secret.SecretPlaceholders;
import io.serai.api.secret.SecretSource;
import java.util.Collections;
import java.util.Dictionary;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the values of secrets into configurations as they are given to those they are for. What the Configuration Admin service
 * has, on the disk and in what it lists, are the placeholders. Has no state: that service gets and lets go of it each time.
 */
@Component(service = ConfigurationPlugin.class, property = "service.cmRanking:Integer=500")
public final class SecretFilling implements ConfigurationPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFilling.class);

    private final SecretSource secrets;

    /** Fills with these. */
    @Activate
    public SecretFilling(@Reference SecretSource secrets) {
        this.secrets = secrets;
    }

    @Override
    public void modifyConfiguration(
            @Nullable ServiceReference<?> reference, @Nullable Dictionary<String, Object> properties) {
        // without reference somebody only looks, or is about to write back what it sees: commands do so
        if (reference == null || properties == null) {
            return;
        }
        for (String key : Collections.list(properties.keys())) {
            if (properties.get(key) instanceof String text
                    && !SecretPlaceholders.names(text).isEmpty()) {
                fill(properties, key, text);
            }
        }
    }

    private void fill(Dictionary<String, Object> properties, String key, String text) {
        try {
            properties.put(key, SecretPlaceholders.fill(text, secrets));
        } catch (SecretException e) {
            properties.remove(key); // nobody is to take the placeholder for a value
            LOG.warn(
                    "A configuration was given out without a value: pid={}, key={}, cause={}",
                    properties.get("service.pid"),
                    key,
                    e.getMessage());
        }
    }
}
