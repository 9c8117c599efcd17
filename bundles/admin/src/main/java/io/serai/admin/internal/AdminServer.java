package io.serai.admin.internal;

import io.serai.admin.internal.exchange.FailureThrottle;
import io.serai.admin.internal.exchange.ProblemWriter;
import io.serai.admin.internal.git.GitHandler;
import io.serai.admin.internal.git.GitState;
import io.serai.admin.internal.login.BasicLogin;
import io.serai.admin.internal.rest.RestApi;
import io.serai.admin.internal.rest.RestHandler;
import io.serai.api.cluster.Enrollment;
import io.serai.api.cluster.NodeIdentity;
import java.io.IOException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The administration of the node over HTTPS, from when the node knows who it is. */
@Component(
        service = {},
        immediate = true,
        configurationPid = AdminConfig.PID)
@Designate(ocd = AdminConfig.class)
public final class AdminServer {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Enrollment enrollment;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable GitState git;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable RestApi api;

    private final TlsServer server;
    private final String endpoint;

    /**
     * Starts the server. If it cannot listen, the node goes on without administration over HTTPS.
     *
     * @throws Exception if Jetty does not start
     */
    @Activate
    public AdminServer(AdminConfig config, @Reference NodeIdentity identity) throws Exception {
        AdminSettings settings = AdminSettings.of(config);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Jetty looks for its plug-ins when some of its classes are first used, once and for all servers of the
        // process.
        thread.setContextClassLoader(Server.class.getClassLoader());
        try {
            server = new TlsServer(settings, identity.tls());
            endpoint = start(settings, identity.name());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Returns the URL it listens on; empty if it does not. */
    String endpoint() {
        return endpoint;
    }

    /** Stops the server: it answers the requests it has, then closes. */
    @Deactivate
    public void stop() throws Exception {
        RestApi served = api;
        if (served != null) {
            served.watches().endAll(); // which would be waited for
        }
        server.stop();
        if (!endpoint.isEmpty()) {
            LOG.info("Administration server was stopped: endpoint={}", endpoint);
        }
    }

    private String start(AdminSettings settings, String node) throws Exception {
        ProblemWriter problems = new ProblemWriter();
        Handler join = new JoinHandler(() -> enrollment, FailureThrottle.standard(), problems);
        BasicLogin login = new BasicLogin("git", problems);
        Handler clones = new GitHandler(() -> git, login, problems, settings.pushes(), node);
        try {
            Handler rest = new RestHandler(() -> api, problems);
            server.start(new Handler.Sequence(join, clones, rest, new DocsHandler()), problems);
        } catch (IOException e) {
            LOG.error(
                    "Administration server could not listen, nobody can join here or administer the node over HTTPS: "
                            + "host={}, port={}, cause={}; stop what uses the port, or set host and port in PID {}",
                    settings.host(),
                    settings.port(),
                    e.getMessage(),
                    AdminConfig.PID);
            return "";
        }
        String literal = settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]";
        String url = "https://" + literal + ":" + server.port() + "/";
        LOG.info("Administration server was started: endpoint={}, node={}", url, node);
        return url;
    }
}
