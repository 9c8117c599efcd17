package io.serai.identity.internal;

import static org.awaitility.Awaitility.await;

import io.serai.api.state.StateRepository;
import io.serai.identity.internal.IdentitySettings.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A node's folder and its view of a state, with the components as Declarative Services would make them.
 *
 * @param settings of the node
 * @param state what it sees
 * @param clock by which it tells the time
 */
record TestNode(IdentitySettings settings, StateRepository state, Clock clock) {
    private static final Duration SETUP_TIME = Duration.ofSeconds(20);

    static TestNode of(Path home, String name, StateRepository state, Clock clock) {
        return new TestNode(settings(home.resolve(name).resolve("identity"), name), state, clock);
    }

    static IdentitySettings settings(Path directory, String name) {
        return new IdentitySettings(
                directory,
                new NodeAddress(name, "127.0.0.1", 8781, 8441),
                List.of(),
                Duration.ofDays(365),
                Duration.ofMillis(500));
    }

    TestNode withAddress(NodeAddress address) {
        return with(address, settings.groups());
    }

    TestNode inGroups(String... groups) {
        return with(settings.address(), List.of(groups));
    }

    private TestNode with(NodeAddress address, List<String> groups) {
        IdentitySettings changed = new IdentitySettings(
                settings.directory(), address, groups, settings.validity(), settings.joinTimeout());
        return new TestNode(changed, state, clock);
    }

    /** Sets the node up, by founding, joining or loading. */
    TestNode setUp() {
        AtomicBoolean ready = new AtomicBoolean();
        IdentitySetup setup = new IdentitySetup(settings, state, clock, () -> ready.set(true));
        try {
            await().atMost(SETUP_TIME).untilTrue(ready);
        } finally {
            setup.close();
        }
        return this;
    }

    IdentityFolder folder() {
        try {
            return IdentityFolder.open(settings.directory());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts the components. */
    RunningNode start() {
        try {
            IdentityVault vault = new IdentityVault(settings, clock);
            MemberDirectory directory = new MemberDirectory(state, vault);
            return new RunningNode(
                    vault,
                    new ClusterIdentity(vault, directory),
                    new StateMembership(vault, directory, state),
                    new TokenEnrollment(vault, directory, state),
                    directory);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("Node " + settings.address().name() + " does not start", e);
        }
    }

    /**
     * The components of a node.
     *
     * @param vault what it was set up with
     * @param identity who it is
     * @param membership who the others are
     * @param enrollment lets more in
     * @param directory whom the state names
     */
    record RunningNode(
            IdentityVault vault,
            ClusterIdentity identity,
            StateMembership membership,
            TokenEnrollment enrollment,
            MemberDirectory directory) {}
}
