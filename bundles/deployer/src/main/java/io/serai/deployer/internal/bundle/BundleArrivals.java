package io.serai.deployer.internal.bundle;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.deploy.Verdict.State;
import io.serai.deployer.internal.bundle.Slots.Slot;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.Outcome;
import io.serai.deployer.internal.reconcile.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what comes of deployments that have come to an end, and reports it. Used by the reconciler's thread only. */
final class BundleArrivals {
    private final Slots slots;
    private final Rewiring rewiring;
    private final Reports reports;
    private final List<BundleDeployment> leaving = new ArrayList<>();

    /** What is to be done with a deployment that failed. */
    enum Next {
        /** It is tried again from where it stands, when something has changed. */
        KEEP,
        /** It is retired and uninstalled. */
        DISPOSE,
        /** It is published in place of what {@link BundleArrivals#previous} returns now. */
        PUBLISH_AGAIN
    }

    BundleArrivals(Slots slots, Rewiring rewiring, Reports reports) {
        this.slots = slots;
        this.rewiring = rewiring;
        this.reports = reports;
    }

    /** Takes note that a deployment serves no longer, and is to be retired. */
    void leave(BundleDeployment deployment) {
        leaving.add(deployment);
    }

    List<BundleDeployment> takeLeaving() {
        List<BundleDeployment> taken = List.copyOf(leaving);
        leaving.clear();
        return taken;
    }

    /** Returns what serves in the place that a deployment is to take. */
    @Nullable BundleDeployment previous(BundleDeployment deployment) {
        BundleDeployment serving = slots.of(deployment.path()).serving;
        return deployment.supersedes != null || serving == deployment ? deployment.supersedes : serving;
    }

    /** Returns whether a deployment is still wanted. */
    boolean wanted(BundleDeployment deployment) {
        return slots.has(deployment);
    }

    /** Takes note that what served was retired, because a deployment cannot come up beside it. */
    void displaced(BundleDeployment old) {
        Slot slot = slots.of(old.path());
        slot.serving = null;
        slot.lost = old.artifact();
    }

    void arrived(BundleDeployment deployment) {
        Slot slot = slots.of(deployment.path());
        BundleDeployment old = slot.serving;
        deployment.underWay = false;
        slot.candidate = slot.candidate == deployment ? null : slot.candidate;
        slot.serving = deployment;
        slot.lost = null;
        if (old != null && old != deployment) {
            leave(old);
            reports.notice(Cause.ARTIFACT_GONE);
        }
        supersede(deployment);
        if (!deployment.standIn) {
            Outcome active = Outcome.active(deployment.description(), deployment.blob());
            reports.report(deployment.path(), deployment.blob(), active);
        }
        deployment.standIn = false;
        reports.notice(Cause.ARTIFACT_ACTIVE);
    }

    /**
     * Takes note of a failure.
     *
     * @param hangs whether it is still under way and disposes of itself when it returns
     */
    Next failed(BundleDeployment deployment, DeploymentException failure, boolean hangs) {
        deployment.underWay = false;
        if (!slots.has(deployment)) {
            return Next.DISPOSE;
        }
        if (failure.reason() == Reason.CONFLICT && slots.of(deployment.path()).serving == null) {
            Optional<BundleDeployment> rival = Succession.rival(deployment, slots.serving());
            int order = rival.map(each -> Succession.compare(deployment, each)).orElse(0);
            if (order > 0 && deployment.supersedes == null) {
                deployment.supersedes = rival.orElseThrow();
                deployment.underWay = true;
                return Next.PUBLISH_AGAIN;
            }
            if (order < 0) {
                slots.of(deployment.path()).candidate = null;
                reportSuperseded(deployment, rival.orElseThrow());
                return Next.DISPOSE;
            }
        }
        return fail(deployment, failure, hangs);
    }

    private Next fail(BundleDeployment deployment, DeploymentException failure, boolean hangs) {
        Slot slot = slots.of(deployment.path());
        boolean keep = failure.reason() == Reason.UNSATISFIED && !hangs && !deployment.standIn;
        if (!keep) {
            slot.candidate = slot.candidate == deployment ? null : slot.candidate;
            slot.serving = slot.serving == deployment ? null : slot.serving;
        }
        if (slot.lost != null) {
            reports.notice(Cause.OWN_BUNDLES);
        }
        if (slot.serving != null && rewiring.stay(slot.serving)) {
            reports.notice(Cause.BUNDLES);
        }
        if (!deployment.standIn) {
            Outcome outcome = Outcome.failed(failure, slot.servingBlob());
            reports.report(
                    deployment.path(),
                    deployment.blob(),
                    keep && deployment.started()
                            ? outcome.alsoOn(Cause.SERVICES).alsoOn(Cause.COMPONENTS)
                            : outcome);
        }
        return keep ? Next.KEEP : Next.DISPOSE;
    }

    /** Takes the older of two versions of a bundle away that came as two artifacts. */
    private void supersede(BundleDeployment newer) {
        BundleDeployment older = newer.supersedes;
        newer.supersedes = null;
        if (older != null && slots.has(older)) {
            slots.of(older.path()).serving = null;
            leave(older);
            reportSuperseded(older, newer);
        }
    }

    private void reportSuperseded(BundleDeployment older, BundleDeployment newer) {
        String message = newer.path() + " serves, which has the newer version " + Succession.version(newer)
                + " of the same bundle. This one serves when that is removed.";
        Outcome waiting = new Outcome(State.WAITING, message, "", Optional.empty(), Set.of(Cause.ARTIFACT_GONE));
        reports.report(older.path(), older.blob(), waiting);
    }
}
