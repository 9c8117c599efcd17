package io.serai.http.internal;

import io.serai.api.deploy.DeploymentService;
import io.serai.api.runtime.InvocationService;
import io.serai.api.runtime.PayloadCodec;
import io.serai.http.internal.channel.ChannelTable;
import io.serai.http.internal.exchange.DeadlineWatch;
import io.serai.http.internal.exchange.ExchangeContext;
import io.serai.http.internal.exchange.ProblemErrorHandler;
import io.serai.http.internal.exchange.ResponseHeaders;
import io.serai.http.internal.exchange.RestHandler;
import io.serai.http.internal.traffic.Traffic;
import java.io.IOException;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the node: REST channels first, then servlets. */
@Component(
        service = {},
        immediate = true,
        configurationPid = HttpConfig.PID)
@Designate(ocd = HttpConfig.class)
public final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Server server;
    private final SecureListener secure;
    private final Whiteboard whiteboard;
    private final Health health;
    private final String endpoint;

    /**
     * Starts the server.
     *
     * @throws Exception if it cannot listen
     */
    @Activate
    public HttpServer(
            HttpConfig config,
            BundleContext bundle,
            @Reference InvocationService invocations,
            @Reference PayloadCodec codec,
            @Reference ChannelTable channels,
            @Reference Traffic traffic)
            throws Exception {
        HttpSettings settings = HttpSettings.of(config);
        String node = System.getProperty("serai.node", "node1");
        JettyServer.findPlugIns();
        server = JettyServer.create(settings);
        secure = new SecureListener(server, settings);
        DeadlineWatch watch = new DeadlineWatch(System::nanoTime, server.getScheduler());
        ExchangeContext context = new ExchangeContext(invocations, codec, settings.policies(), watch);
        ResponseHeaders headers = new ResponseHeaders(node);
        ProblemErrorHandler errors = new ProblemErrorHandler(context.problems(), headers);
        whiteboard = new Whiteboard(bundle, errors);
        health = new Health(codec, traffic::drained);
        traffic.report(health::readiness);
        channels.answer(ChannelTable.LIVE, health.live());
        channels.answer(ChannelTable.READY, health.ready());
        channels.answer(ChannelTable.OPEN_API, new OpenApiEndpoint(channels, codec, node));
        server.setErrorHandler(errors);
        Handler handlers = new Handler.Sequence(new RestHandler(channels, context, headers), whiteboard.handler());
        server.setHandler(JettyServer.around(handlers, settings));
        endpoint = start(settings);
        watch.run();
        LOG.info("HTTP server was started: endpoint={}, node={}", endpoint, node);
    }

    /** Learns who says when the state has been applied. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDeployments(DeploymentService deployments) {
        health.bind(deployments);
    }

    void unbindDeployments(DeploymentService deployments) {
        health.unbind(deployments);
    }

    /** Learns what certificates there are to show: a service that chooses by the name the client wants, and reloads them. */
    @Reference(
            target = "(serai.purpose=channel)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    void bindKeys(X509ExtendedKeyManager keys) {
        secure.open(keys);
    }

    void unbindKeys(X509ExtendedKeyManager keys) {
        secure.close(keys);
    }

    /** Returns the port of HTTPS; empty if there is none. */
    Optional<Integer> securePort() {
        return secure.port();
    }

    /** Returns the URL it listens on. */
    String endpoint() {
        return endpoint;
    }

    /** Stops the server: it is no longer ready, answers the requests it has, then closes. */
    @Deactivate
    public void stop() throws Exception {
        health.stopping();
        server.stop();
        whiteboard.close();
        LOG.info("HTTP server was stopped: endpoint={}", endpoint);
    }

    private String start(HttpSettings settings) throws Exception {
        ServerConnector connector = (ServerConnector) server.getConnectors()[0];
        String host = settings.listener().host();
        try {
            connector.open();
        } catch (IOException e) {
            throw new IOException(
                    "Cannot listen on " + host + ":" + settings.listener().port() + ": " + e.getMessage()
                            + "; stop what uses the port, or set host and port in PID " + HttpConfig.PID,
                    e);
        }
        String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String url = "http://" + literal + ":" + connector.getLocalPort() + "/";
        try {
            server.start();
            whiteboard.open(url);
        } catch (Exception e) {
            server.stop();
            connector.close();
            throw e;
        }
        return url;
    }
}
