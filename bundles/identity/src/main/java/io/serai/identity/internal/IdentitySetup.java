package io.serai.identity.internal;

import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import io.serai.identity.internal.join.JoinRefusedException;
import io.serai.identity.internal.join.JoinToken;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets this node an identity, if it has none: of the cluster that it has a token of, or of a new one. Then it lets
 * everything begin that needs one. A node that gets none serves what it has nevertheless.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = IdentitySettings.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = IdentityConfig.class)
public final class IdentitySetup {
    private static final Logger LOG = LoggerFactory.getLogger(IdentitySetup.class);
    private static final long PAUSE_MILLIS = 300; // a node that is about to be up is seen soon

    private final IdentitySettings settings;
    private final StateRepository state;
    private final Clock clock;
    private final Runnable ready;
    private final ScheduledExecutorService executor = IdentityThreads.single("setup");

    /** Begins at once, on a thread of its own. */
    @Activate
    public IdentitySetup(ComponentContext context, IdentityConfig config, @Reference StateRepository state) {
        this(
                IdentitySettings.of(config),
                state,
                Clock.systemUTC(),
                () -> context.enableComponent(IdentityVault.class.getName()));
    }

    IdentitySetup(IdentitySettings settings, StateRepository state, Clock clock, Runnable ready) {
        this.settings = settings;
        this.state = state;
        this.clock = clock;
        this.ready = ready;
        executor.execute(this::begin);
    }

    @Deactivate
    void close() {
        executor.shutdownNow();
    }

    private void begin() {
        long started = System.nanoTime();
        try {
            IdentityFolder folder = IdentityFolder.open(settings.directory());
            Optional<String> token = folder.read(IdentityFolder.JOIN_TOKEN);
            if (folder.has(IdentityFolder.NODE_CERTIFICATE)) {
                if (token.isPresent()) {
                    folder.delete(IdentityFolder.JOIN_TOKEN);
                    LOG.info("Removed a join token, since this node has an identity: directory={}", folder.path());
                }
                ready.run();
            } else if (token.isPresent()) {
                join(folder, token.get());
            } else {
                found(folder, started);
            }
        } catch (StateException | GeneralSecurityException | IOException e) {
            LOG.error(
                    "Cannot set up the identity of node {} in {}: {}. The node serves without a cluster until it is"
                            + " started again",
                    settings.address().name(),
                    settings.directory(),
                    e.getMessage());
        } catch (RuntimeException e) { // nobody looks at what the executor keeps
            LOG.error(
                    "Cannot set up the identity of node {}", settings.address().name(), e);
        }
    }

    private void found(IdentityFolder folder, long started)
            throws StateException, GeneralSecurityException, IOException {
        Optional<String> refused = folder.read(IdentityFolder.JOIN_REFUSED);
        if (refused.isPresent()) {
            LOG.error(
                    "This node was not let into the cluster it was to join: {}. Start it with a new token, or delete {} to"
                            + " have it found a cluster of its own",
                    refused.get().strip(),
                    folder.path().resolve(IdentityFolder.JOIN_REFUSED));
            return;
        }
        new Founding(settings, folder, state, clock).found();
        LOG.info(
                "Founded a cluster: node={}, directory={}, tookMillis={}",
                settings.address().name(),
                folder.path(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
        ready.run();
    }

    private void join(IdentityFolder folder, String text) throws IOException, GeneralSecurityException {
        JoinToken token;
        try {
            token = JoinToken.parse(text);
        } catch (IllegalArgumentException e) {
            refused(folder, "the token cannot be read: " + e.getMessage());
            return;
        }
        Joining joining = new Joining(settings.address(), folder, token, clock);
        long until = System.nanoTime() + settings.joinTimeout().toNanos();
        LOG.info(
                "Asked to join a cluster: node={}, addresses={}",
                settings.address().name(),
                token.addresses());
        ask(folder, token, joining, until);
    }

    /** Asks, and has itself called again if nobody could answer. */
    private void ask(IdentityFolder folder, JoinToken token, Joining joining, long until) {
        try {
            if (joining.ask()) {
                LOG.info("Joined a cluster: node={}", settings.address().name());
                ready.run();
            } else if (System.nanoTime() < until) {
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, executor)
                        .execute(() -> ask(folder, token, joining, until));
            } else {
                LOG.error(
                        "Cannot join a cluster: no node could be asked: {}. Check that one of them runs and can be reached"
                                + " from here, then start this node again, which still has its token",
                        joining.failures());
            }
        } catch (JoinRefusedException e) {
            refused(folder, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the component stops
        } catch (IOException | GeneralSecurityException e) {
            LOG.error(
                    "Cannot join a cluster: {}. Start this node again; if that fails too, make a new token on a member",
                    e.getMessage());
        } catch (RuntimeException e) { // nobody looks at what the executor keeps
            LOG.error("Cannot join a cluster with node {}", settings.address().name(), e);
        }
    }

    private void refused(IdentityFolder folder, String reason) {
        try {
            folder.write(IdentityFolder.JOIN_REFUSED, reason + "\n");
            folder.delete(IdentityFolder.JOIN_TOKEN);
        } catch (IOException e) {
            LOG.error("Cannot remove the token that is not good: directory={}", folder.path(), e);
        }
        LOG.error(
                "Cannot join a cluster: {}. Make a new token on a member and start this node with it; it serves without a"
                        + " cluster until then",
                reason);
    }
}
