package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import io.serai.deployer.internal.reconcile.Crew;
import io.serai.deployer.internal.reconcile.Job;
import io.serai.deployer.internal.reconcile.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The way of deployments from artifact to service: all are built and installed, then resolved in one step, then started
 * and prepared, then published one after the other. Used by the reconciler's thread only.
 */
final class BundlePipeline {
    /** Compilers take long when they start; nothing of the artifact runs while it is built. */
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(1);

    private static final int WIDTH = Runtime.getRuntime().availableProcessors();

    private final BundleTools tools;
    private final FrameworkWiring wiring;
    private final MissingRequirements missing;
    private final Work work;
    private final BundleArrivals arrivals;
    private final List<BundleDeployment> lateInstalled = new ArrayList<>();
    private final List<BundleDeployment> lateStarted = new ArrayList<>();

    /**
     * How the work is done.
     *
     * @param mailbox takes what is to be done later
     * @param startLimit how long a bundle may take to start
     * @param disposed is told of deployments that are uninstalled, on any thread
     */
    record Work(Crew crew, Mailbox mailbox, Supplier<Duration> startLimit, Consumer<BundleDeployment> disposed) {}

    BundlePipeline(BundleTools tools, MissingRequirements missing, Work work, BundleArrivals arrivals) {
        this.tools = tools;
        this.wiring = tools.context().getBundle(0).adapt(FrameworkWiring.class);
        this.missing = missing;
        this.work = work;
        this.arrivals = arrivals;
    }

    /** Takes deployments as far as they come. */
    void advance(List<BundleDeployment> deployments) throws InterruptedException {
        List<BundleDeployment> fresh =
                deployments.stream().filter(each -> each.bundle == null).toList();
        Set<BundleDeployment> held = new HashSet<>(fresh);
        run(fresh, this::install, WIDTH).forEach(held::remove);
        start(deployments.stream().filter(each -> !held.contains(each)).toList());
    }

    private void start(Collection<BundleDeployment> deployments) throws InterruptedException {
        makeRoom(deployments);
        List<Bundle> unresolved = deployments.stream()
                .map(BundleDeployment::installed)
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .toList();
        if (!unresolved.isEmpty()) {
            wiring.resolveBundles(unresolved);
        }
        publish(run(deployments, this::starting, WIDTH));
    }

    /** Retires the old versions of bundles that tolerate no other of their name, if the new ones can be resolved then. */
    private void makeRoom(Collection<BundleDeployment> deployments) throws InterruptedException {
        List<Job> jobs = new ArrayList<>();
        for (BundleDeployment deployment : deployments) {
            BundleDeployment old = arrivals.previous(deployment);
            if (old != null
                    && deployment.singleton()
                    && sameName(deployment, old)
                    && !missing.any(deployment.installed())) {
                arrivals.displaced(old);
                jobs.add(new Job(disposal(old), Duration.ZERO));
            }
        }
        work.crew().run(jobs, WIDTH);
    }

    private static boolean sameName(BundleDeployment one, BundleDeployment other) {
        return Objects.equals(
                one.installed().getSymbolicName(), other.installed().getSymbolicName());
    }

    private void publish(Collection<BundleDeployment> deployments) throws InterruptedException {
        List<Job> jobs = deployments.stream().map(this::publication).toList();
        for (Job job : work.crew().run(jobs, 1)) {
            BundleDeployment deployment = ((StageTask) job.task()).deployment();
            if (passed(job, deployment)) {
                arrivals.arrived(deployment);
            }
        }
    }

    /** Goes on with a job that took long, together with others that have ended by then. */
    void goOn(Job job, StageTask task) throws InterruptedException {
        if (!passed(job, task.deployment())) {
            return;
        }
        if (task instanceof PublishTask) {
            arrivals.arrived(task.deployment());
            return;
        }
        if (lateInstalled.isEmpty() && lateStarted.isEmpty()) {
            work.mailbox().post(this::goOn);
        }
        (task instanceof InstallTask ? lateInstalled : lateStarted).add(task.deployment());
    }

    private void goOn() throws InterruptedException {
        List<BundleDeployment> started = List.copyOf(lateStarted);
        List<BundleDeployment> installed = List.copyOf(lateInstalled);
        lateStarted.clear();
        lateInstalled.clear();
        publish(started);
        start(installed);
    }

    private List<BundleDeployment> run(
            Collection<BundleDeployment> deployments, Function<BundleDeployment, Job> stage, int width)
            throws InterruptedException {
        List<BundleDeployment> passed = new ArrayList<>(deployments.size());
        for (Job job : work.crew().run(deployments.stream().map(stage).toList(), width)) {
            BundleDeployment deployment = ((StageTask) job.task()).deployment();
            if (passed(job, deployment)) {
                passed.add(deployment);
            }
        }
        return passed;
    }

    private boolean passed(Job job, BundleDeployment deployment) throws InterruptedException {
        Optional<DeploymentException> failure = job.failure();
        if (failure.isPresent()) {
            switch (arrivals.failed(deployment, failure.get(), job.givenUp())) {
                case PUBLISH_AGAIN -> publish(List.of(deployment));
                case DISPOSE -> dispose(job.givenUp() ? List.of() : List.of(deployment));
                case KEEP -> {}
            }
            return false;
        }
        if (!arrivals.wanted(deployment)) {
            dispose(List.of(deployment));
            return false;
        }
        return true;
    }

    private Job install(BundleDeployment deployment) {
        return new Job(new InstallTask(deployment, this, tools.builders(), tools.context()), BUILD_LIMIT);
    }

    private Job starting(BundleDeployment deployment) {
        return new Job(
                new StartTask(deployment, this, tools.extensions(), tools.conditions(), missing),
                work.startLimit().get());
    }

    private Job publication(BundleDeployment deployment) {
        return new Job(
                new PublishTask(deployment, this, arrivals.previous(deployment)),
                work.startLimit().get());
    }

    /** Retires and uninstalls deployments in the background. */
    void dispose(Collection<BundleDeployment> deployments) {
        work.crew()
                .start(
                        deployments.stream()
                                .map(each -> new Job(disposal(each), Duration.ZERO))
                                .toList(),
                        WIDTH);
    }

    DisposeTask disposal(BundleDeployment deployment) {
        return new DisposeTask(deployment, true, work.disposed());
    }
}
