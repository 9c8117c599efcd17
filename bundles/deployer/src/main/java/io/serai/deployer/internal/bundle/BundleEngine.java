package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.bundle.Slots.Slot;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.Crew;
import io.serai.deployer.internal.reconcile.Engine;
import io.serai.deployer.internal.reconcile.Job;
import io.serai.deployer.internal.reconcile.Mailbox;
import io.serai.deployer.internal.reconcile.Outcome;
import io.serai.deployer.internal.reconcile.Reports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs artifacts as bundles. A new version comes up beside the old one and takes its place when it is ready; if it does
 * not get that far, the old one goes on. The same holds for what is wired to a bundle that is replaced: it is installed
 * once more beside itself, so that no bundle that serves is ever refreshed. Used by the reconciler's thread only.
 */
public final class BundleEngine implements Engine, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleEngine.class);

    private final BundleTools tools;
    private final Crew crew;
    private final Function<BlobId, Content> contents;
    private final Reports reports;
    private final BundlePipeline pipeline;
    private final Rewiring rewiring;
    private final ServiceRegistration<ResolverHookFactory> resolverHook;
    private final Slots slots = new Slots();
    private final Set<String> locations = ConcurrentHashMap.newKeySet();
    private final BundleArrivals arrivals;
    private @Nullable CachedBundles cached;

    /** Who works: the crew on what may hang, and the reconciler's thread on what is in its mailbox. */
    public record Workforce(Crew crew, Mailbox mailbox) {}

    /**
     * Makes an engine.
     *
     * @param startLimit how long a bundle may take to start
     * @param contents finds the content of a version that is no longer wanted
     */
    public BundleEngine(
            BundleTools tools,
            Workforce workforce,
            Supplier<Duration> startLimit,
            Function<BlobId, Content> contents,
            Reports reports) {
        this.tools = tools;
        this.crew = workforce.crew();
        this.contents = contents;
        this.reports = reports;
        DepartingBundles departing = new DepartingBundles();
        FrameworkWiring wiring = tools.context().getBundle(0).adapt(FrameworkWiring.class);
        this.rewiring = new Rewiring(wiring, departing);
        this.arrivals = new BundleArrivals(slots, rewiring, reports);
        this.pipeline = new BundlePipeline(
                tools,
                new MissingRequirements(wiring, departing),
                new BundlePipeline.Work(crew, workforce.mailbox(), startLimit, this::disposed),
                arrivals);
        this.resolverHook = tools.context().registerService(ResolverHookFactory.class, departing, null);
    }

    @Override
    public void deploy(List<Artifact> artifacts) throws InterruptedException {
        CachedBundles found = cached();
        standIn(artifacts, found);
        List<BundleDeployment> known = new ArrayList<>();
        List<BundleDeployment> fresh = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            BundleDeployment candidate = candidate(artifact, found);
            if (candidate != null) {
                // what served before the node was started comes first, so that it wins again
                (candidate.bundle != null ? known : fresh).add(candidate);
            }
        }
        known.addAll(fresh);
        known.forEach(each -> each.underWay = true);
        pipeline.advance(known);
    }

    private CachedBundles cached() {
        CachedBundles found = cached;
        if (found == null) {
            found = new CachedBundles(tools.context());
            cached = found;
            uninstall(found.takeUnusable());
        }
        return found;
    }

    /** Has versions serve that the framework has kept, where another is wanted that may turn out not to run. */
    private void standIn(List<Artifact> artifacts, CachedBundles found) throws InterruptedException {
        if (found.isEmpty()) {
            return;
        }
        List<BundleDeployment> standIns = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (!found.has(artifact.path(), artifact.blob())) {
                found.takeOther(artifact.path()).ifPresent(each -> standIns.add(standIn(each)));
            }
        }
        pipeline.advance(standIns);
    }

    private BundleDeployment standIn(CachedBundles.Cached kept) {
        BundleDeployment deployment = new BundleDeployment(
                new Artifact(
                        kept.location().path(),
                        kept.location().blob(),
                        contents.apply(kept.location().blob())),
                kept.location());
        deployment.bundle = kept.bundle();
        deployment.standIn = true;
        deployment.underWay = true;
        locations.add(kept.location().toString());
        slots.of(deployment.path()).candidate = deployment;
        return deployment;
    }

    /** Returns what is to be taken further to have an artifact served; null if nothing is. */
    private @Nullable BundleDeployment candidate(Artifact artifact, CachedBundles found) {
        Slot slot = slots.of(artifact.path());
        BundleDeployment candidate = slot.candidate;
        if (candidate != null && candidate.blob().equals(artifact.blob()) && !candidate.stale) {
            return candidate.underWay ? null : candidate;
        }
        slot.candidate = null;
        if (candidate != null && !candidate.underWay) {
            pipeline.dispose(List.of(candidate));
        }
        BundleDeployment serving = slot.serving;
        if (serving != null && serving.blob().equals(artifact.blob()) && !serving.stale) {
            report(serving);
            return null;
        }
        if (serving != null) {
            serving.stale = false;
            rewiring.depart(serving);
        }
        BundleDeployment made = make(artifact, found);
        slot.candidate = made;
        return made;
    }

    private BundleDeployment make(Artifact artifact, CachedBundles found) {
        Optional<CachedBundles.Cached> kept = found.take(artifact.path(), artifact.blob());
        BundleLocation location = kept.map(CachedBundles.Cached::location)
                .orElse(new BundleLocation(artifact.path(), artifact.blob(), 1));
        while (!locations.add(location.toString())) {
            location = location.next();
        }
        BundleDeployment made = new BundleDeployment(artifact, location);
        made.bundle = kept.map(CachedBundles.Cached::bundle).orElse(null);
        return made;
    }

    /** Reports on a deployment that serves, as far as what it declares is up. */
    private void report(BundleDeployment serving) {
        try {
            for (BundleConditions condition : serving.conditional ? tools.conditions() : List.<BundleConditions>of()) {
                condition.check(serving.installed());
            }
            reports.report(serving.path(), serving.blob(), Outcome.active(serving.description(), serving.blob()));
        } catch (DeploymentException e) {
            Outcome down = Outcome.failed(e, Optional.empty());
            reports.report(
                    serving.path(), serving.blob(), down.alsoOn(Cause.SERVICES).alsoOn(Cause.COMPONENTS));
        }
    }

    @Override
    public void remove(Collection<StatePath> paths) {
        for (StatePath path : paths) {
            Optional<Slot> slot = slots.remove(path);
            slot.map(each -> each.serving).ifPresent(arrivals::leave);
            slot.map(each -> each.candidate)
                    .filter(candidate -> !candidate.underWay)
                    .ifPresent(arrivals::leave);
        }
        leave();
    }

    @Override
    public void changed(Set<Cause> causes) throws InterruptedException {
        if (tools.context().getBundle(0).getState() == Bundle.STOPPING) {
            return;
        }
        leave();
        cleanCache();
        if (causes.contains(Cause.BUNDLES) || causes.contains(Cause.OWN_BUNDLES)) {
            findDisturbed();
        }
        if (causes.contains(Cause.EXTENSIONS)) {
            extend();
        }
        if (causes.contains(Cause.COMPONENTS)) {
            slots.serving().stream()
                    .filter(each -> each.conditional && !each.underWay)
                    .forEach(this::report);
        }
        redeployStale();
        if (causes.contains(Cause.BUNDLES) || causes.contains(Cause.OWN_BUNDLES)) {
            tryRestored();
        }
        rewiring.refresh();
    }

    /** Lets those go that have been replaced or removed, and marks what is wired to them. */
    private void leave() {
        List<BundleDeployment> leaving = arrivals.takeLeaving();
        if (!leaving.isEmpty()) {
            rewiring.mark(leaving, slots.all());
            pipeline.dispose(leaving);
        }
    }

    private void disposed(BundleDeployment deployment) {
        locations.remove(deployment.location().toString());
        if (rewiring.uninstalled(deployment)) {
            reports.notice(Cause.OWN_BUNDLES);
        }
    }

    private void cleanCache() {
        uninstall(cached().takeRest());
    }

    private static void uninstall(List<Bundle> orphans) {
        for (Bundle orphan : orphans) {
            try {
                orphan.uninstall();
            } catch (BundleException | IllegalStateException e) {
                LOG.warn("Orphaned bundle was not removed: bundle={}, reason={}", orphan, Job.rootCause(e));
            }
        }
    }

    /** Finds bundles that somebody else has stopped, uninstalled or refreshed. */
    private void findDisturbed() {
        for (BundleDeployment serving : slots.serving()) {
            if (serving.underWay || serving.running()) {
                continue;
            }
            serving.stale = true;
            if (serving.installed().getState() != Bundle.ACTIVE) {
                slots.of(serving.path()).serving = null;
                slots.of(serving.path()).lost = serving.artifact();
                arrivals.leave(serving);
            }
        }
        leave();
    }

    /** Has extensions that came look at what serves, and forgets those that went. */
    private void extend() throws InterruptedException {
        List<BundleDeployment> open = slots.all().stream()
                .filter(each -> !each.underWay && each.retain(tools.extensions().all()))
                .filter(each -> slots.of(each.path()).serving == each)
                .toList();
        open.forEach(each -> each.underWay = true);
        pipeline.advance(open);
    }

    private void redeployStale() throws InterruptedException {
        List<Artifact> again = slots.takeStale();
        if (!again.isEmpty()) {
            deploy(again);
            for (Artifact artifact : again) {
                BundleDeployment candidate = slots.of(artifact.path()).candidate;
                if (candidate != null) {
                    candidate.restored = true;
                }
            }
            leave();
        }
    }

    /** Tries again what is to serve once more, such as an old singleton: the new one may only just have been uninstalled. */
    private void tryRestored() throws InterruptedException {
        List<BundleDeployment> restored = slots.all().stream()
                .filter(each -> each.restored && !each.underWay)
                .filter(each -> slots.of(each.path()).candidate == each)
                .toList();
        restored.forEach(each -> each.underWay = true);
        pipeline.advance(restored);
    }

    /** Stops all bundles and leaves them installed, for the next start. */
    @Override
    public void close() {
        resolverHook.unregister();
        if (tools.context().getBundle(0).getState() != Bundle.ACTIVE) {
            return;
        }
        List<Job> stops = slots.all().stream()
                .filter(each -> !each.underWay)
                .map(each -> new Job(new DisposeTask(each, false, gone -> {}), Duration.ZERO))
                .toList();
        try {
            crew.run(stops, stops.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
