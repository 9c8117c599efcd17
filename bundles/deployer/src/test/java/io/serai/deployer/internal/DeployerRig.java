package io.serai.deployer.internal;

import static org.awaitility.Awaitility.await;

import io.serai.api.deploy.Verdict;
import io.serai.api.deploy.Verdict.State;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.deployer.fixture.DeafListener;
import io.serai.deployer.fixture.MemoryRepository;
import io.serai.deployer.fixture.TestFramework;
import io.serai.deployer.fixture.TestServices;
import io.serai.deployer.internal.build.JarBundleBuilder;
import io.serai.deployer.internal.bundle.Builders;
import io.serai.deployer.internal.bundle.BundleConditions;
import io.serai.deployer.internal.cluster.AskedFellows;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.rolling.Rolling;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** A deployer on a real framework and a state in memory. */
final class DeployerRig implements AutoCloseable {
    final MemoryRepository repository;
    final TestServices services = new TestServices();
    final TestFramework framework;
    private final Duration startLimit;
    private final List<BundleConditions> conditions;
    private final Rolling.Witnesses witnesses;
    Deployments deployments;

    DeployerRig(File cache, MemoryRepository repository) throws BundleException {
        this(cache, repository, Duration.ofSeconds(10));
    }

    DeployerRig(File cache, MemoryRepository repository, Duration startLimit) throws BundleException {
        this(new TestFramework(cache), repository, startLimit, List.of());
    }

    DeployerRig(
            TestFramework framework,
            MemoryRepository repository,
            Duration startLimit,
            List<BundleConditions> conditions) {
        this(
                framework,
                repository,
                startLimit,
                conditions,
                new Rolling.Witnesses(new AskedFellows("node1"), path -> Optional.empty()));
    }

    DeployerRig(
            TestFramework framework,
            MemoryRepository repository,
            Duration startLimit,
            List<BundleConditions> conditions,
            Rolling.Witnesses witnesses) {
        this.repository = repository;
        this.witnesses = witnesses;
        this.startLimit = startLimit;
        this.conditions = conditions;
        this.framework = framework;
        this.deployments = make();
        repository.listen((before, after) -> deployments.mailbox().notice(Cause.HEAD));
        deployments.start();
    }

    private Deployments make() {
        Deployments made = new Deployments(
                new Deployments.Ground(
                        framework.context(),
                        repository,
                        new Builders(List.of(new JarBundleBuilder())),
                        conditions,
                        witnesses,
                        () -> true),
                () -> startLimit,
                new DeafListener());
        made.add(services);
        return made;
    }

    /** Starts another deployer after the one there was has been closed. */
    void startAnotherDeployer() {
        deployments = make();
        deployments.start();
    }

    /** Waits for the settled verdict on a path at a commit. */
    Verdict verdict(CommitId commit, String path) {
        return verdicts(commit, path).get(0);
    }

    List<Verdict> verdicts(CommitId commit, String... paths) {
        try {
            return deployments
                    .reconciler()
                    .await(commit, Arrays.stream(paths).map(StatePath::new).toList())
                    .get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    Verdict verdictNow(String path) {
        return deployments.book().find(new StatePath(path)).orElseThrow();
    }

    void awaitState(String path, State state) {
        await().until(() -> verdictNow(path).state() == state);
    }

    /** Returns the bundles that the deployer has installed. */
    List<Bundle> bundles() {
        return Arrays.stream(framework.context().getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("serai:"))
                .toList();
    }

    @Override
    public void close() throws BundleException {
        deployments.close();
        framework.close();
    }
}
