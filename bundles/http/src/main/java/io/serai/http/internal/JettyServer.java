package io.serai.http.internal;

import io.serai.http.internal.HttpSettings.Capacity;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Builds the Jetty server from the settings: threads, connector, limits, compression. */
final class JettyServer {
    private static final int MIN_THREADS = 8;
    private static final List<String> COMPRESSED = List.of(
            "application/javascript",
            "application/json",
            "application/problem+json",
            "application/xml",
            "application/yaml",
            "image/svg+xml",
            "text/css",
            "text/csv",
            "text/html",
            "text/javascript",
            "text/plain",
            "text/xml");

    private JettyServer() {}

    /**
     * Lets Jetty find its own plug-ins, such as the encoder of HTTP/2 headers: when the class of encoded headers is
     * first used, it looks for them, once and for all, with the class loader of the thread.
     */
    static void findPlugIns() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Server.class.getClassLoader());
        try {
            new PreEncodedHttpField(HttpHeader.VIA, "").getEncodedLength(HttpVersion.HTTP_1_1);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Returns a server that has a connector and no handler. */
    static Server create(HttpSettings settings) {
        Capacity capacity = settings.listener().capacity();
        QueuedThreadPool threads = new QueuedThreadPool(capacity.threads(), Math.min(MIN_THREADS, capacity.threads()));
        threads.setName("http-worker");
        threads.setDaemon(true);
        // With reserved threads a connection's own thread answers, and wakes another to watch the others: two
        // switches of threads for each request, where a queue that workers empty needs one for several. Measured
        // by benchmarks/http: 10 to 20 percent more requests, and a lower 99th percentile.
        threads.setReservedThreads(0);
        Server server = new Server(threads, new ScheduledExecutorScheduler("http-scheduler", true), null);
        server.setStopTimeout(settings.stopTimeout().toMillis());
        server.addConnector(connector(server, settings));
        server.addBean(new NetworkConnectionLimit(capacity.connections(), server));
        return server;
    }

    /** Puts what all requests pass before handlers: the count of those under way, and compression. */
    static Handler around(Handler handler, HttpSettings settings) {
        if (settings.gzipMinBytes() < 0) {
            return new GracefulHandler(handler);
        }
        GzipHandler gzip = new GzipHandler();
        gzip.setMinGzipSize(settings.gzipMinBytes());
        gzip.setIncludedMethods("GET", "POST", "PUT", "PATCH", "DELETE");
        gzip.setIncludedMimeTypes(COMPRESSED.toArray(String[]::new));
        gzip.setHandler(handler);
        return new GracefulHandler(gzip);
    }

    /** Returns what holds for HTTP, whatever carries it. */
    static HttpConfiguration configuration(HttpSettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.listener().capacity().headerBytes());
        // an encoded per cent sign is a value like any other; servlets, which decode differently, refuse it themselves
        http.setUriCompliance(UriCompliance.DEFAULT.with("SERAI", Violation.AMBIGUOUS_PATH_ENCODING));
        return http;
    }

    private static ServerConnector connector(Server server, HttpSettings settings) {
        Capacity capacity = settings.listener().capacity();
        HttpConfiguration http = configuration(settings);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        if (settings.listener().http2()) {
            connector.addConnectionFactory(new HTTP2CServerConnectionFactory(http));
        }
        connector.setHost(settings.listener().host());
        connector.setPort(settings.listener().port());
        connector.setIdleTimeout(capacity.idleTimeout().toMillis());
        return connector;
    }
}
