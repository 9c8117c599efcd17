package io.serai.deployer.internal.resolved;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.time.Duration;

/** Opens URIs by the handlers of the container, which has one for {@code mvn:}. */
final class UrlOrigins implements Origins {
    // those of org.ops4j.pax.url.mvn.cfg, which count for mvn:
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(30);

    @Override
    public InputStream open(String uri) throws IOException {
        try {
            URLConnection connection = URI.create(uri).toURL().openConnection();
            connection.setConnectTimeout((int) CONNECT.toMillis());
            connection.setReadTimeout((int) READ.toMillis());
            return connection.getInputStream();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
