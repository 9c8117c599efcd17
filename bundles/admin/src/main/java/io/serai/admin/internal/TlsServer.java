package io.serai.admin.internal;

import io.serai.admin.internal.AdminSettings.Capacity;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** A Jetty server that speaks HTTP/1.1 over TLS 1.3 and nothing else. */
final class TlsServer {
    private static final int MIN_THREADS = 4;

    private final Server server;
    private final ServerConnector connector;
    private final SlowClients slowClients;

    TlsServer(AdminSettings settings, SSLContext tls) {
        Capacity capacity = settings.capacity();
        QueuedThreadPool threads = new QueuedThreadPool(capacity.threads(), MIN_THREADS);
        threads.setName("admin-worker");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        server = new Server(threads, new ScheduledExecutorScheduler("admin-scheduler", true), null);
        server.setStopTimeout(settings.stopTimeout().toMillis());
        slowClients = new SlowClients(server.getScheduler(), settings.patience());
        connector = connector(server, settings, tls);
        connector.addBean(slowClients);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(capacity.connections(), server));
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the port cannot be had; all is as before
     * @throws Exception if Jetty does not start
     */
    void start(Handler handler, Request.Handler errors) throws Exception {
        server.setHandler(new GracefulHandler(handler));
        server.setErrorHandler(errors);
        connector.open();
        try {
            server.start();
        } catch (Exception e) {
            stop();
            throw e;
        }
        slowClients.run();
    }

    /** Returns the port it listens on. */
    int port() {
        return connector.getLocalPort();
    }

    /** Answers the requests it has, then closes. */
    void stop() throws Exception {
        server.stop();
        connector.close();
    }

    private static ServerConnector connector(Server server, AdminSettings settings, SSLContext tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.capacity().headerBytes());
        // the certificate names the node; people reach it by whatever name or address leads to it
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setSslContext(tls);
        context.setIncludeProtocols("TLSv1.3");
        context.setRenegotiationAllowed(false);
        ServerConnector connector = new ServerConnector(
                server,
                new SslConnectionFactory(context, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.patience().idle().toMillis());
        return connector;
    }
}
