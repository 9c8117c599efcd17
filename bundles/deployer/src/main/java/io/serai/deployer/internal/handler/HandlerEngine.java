package io.serai.deployer.internal.handler;

import io.serai.api.deploy.Artifact;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.BlobId;
import io.serai.api.state.StatePath;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.Crew;
import io.serai.deployer.internal.reconcile.Engine;
import io.serai.deployer.internal.reconcile.Job;
import io.serai.deployer.internal.reconcile.Mailbox;
import io.serai.deployer.internal.reconcile.Outcome;
import io.serai.deployer.internal.reconcile.Reports;
import io.serai.deployer.internal.reconcile.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has handlers apply and remove artifacts, one call at a time for each path. Used by the reconciler's thread only. */
public final class HandlerEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(HandlerEngine.class);

    private final Handlers handlers;
    private final Crew crew;
    private final Reports reports;
    private final Mailbox mailbox;
    private final Supplier<Duration> limit;
    private final Map<StatePath, Slot> slots = new HashMap<>();
    private final Set<NodeHandler> met = new HashSet<>();
    private final Set<NodeHandler> toCleanUp = new HashSet<>();

    /** What is known of a path. */
    private static final class Slot {
        @Nullable ArtifactHandler handler;

        Optional<BlobId> serving = Optional.empty();
        boolean busy;
        boolean hung;
        // what to do when the call under way has returned
        @Nullable Artifact next;

        boolean removeNext;
    }

    /**
     * Makes an engine that has applied nothing.
     *
     * @param limit how long a handler may take
     */
    public HandlerEngine(Handlers handlers, Crew crew, Reports reports, Mailbox mailbox, Supplier<Duration> limit) {
        this.handlers = handlers;
        this.crew = crew;
        this.reports = reports;
        this.mailbox = mailbox;
        this.limit = limit;
    }

    @Override
    public void deploy(List<Artifact> artifacts) throws InterruptedException {
        List<Job> jobs = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            Slot slot = slots.computeIfAbsent(artifact.path(), any -> new Slot());
            if (slot.busy) {
                queue(slot, artifact);
            } else {
                handlers.find(artifact.path())
                        .ifPresentOrElse(
                                handler -> jobs.add(applying(artifact, slot, handler)),
                                () -> unsupported(artifact, slot));
            }
        }
        run(jobs);
    }

    private void unsupported(Artifact artifact, Slot slot) {
        DeploymentException gone = new DeploymentException(
                Reason.UNSUPPORTED, "What takes " + artifact.path() + " has just been stopped on this node.", null);
        reports.report(artifact.path(), artifact.blob(), Outcome.failed(gone, slot.serving));
    }

    private void queue(Slot slot, Artifact artifact) {
        slot.next = artifact;
        slot.removeNext = false;
        if (slot.hung) {
            DeploymentException hung = new DeploymentException(
                    Reason.UNSATISFIED,
                    "An earlier version still hangs; this one is deployed as soon as that has ended.",
                    null);
            reports.report(artifact.path(), artifact.blob(), Outcome.failed(hung, slot.serving));
        }
    }

    private Job applying(Artifact artifact, Slot slot, ArtifactHandler handler) {
        slot.busy = true;
        Duration usual = limit.get();
        return new Job(
                new Apply(artifact, slot, handler), handler instanceof NodeHandler node ? node.limit(usual) : usual);
    }

    @Override
    public void remove(Collection<StatePath> paths) throws InterruptedException {
        List<Job> jobs = new ArrayList<>();
        for (StatePath path : paths) {
            Slot slot = slots.get(path);
            if (slot != null && slot.busy) {
                slot.next = null;
                slot.removeNext = true;
            } else if (slot != null) {
                jobs.addAll(removing(path, slot));
            }
        }
        run(jobs);
    }

    @Override
    public void changed(Set<Cause> causes) {
        cleanUp();
        if (!causes.contains(Cause.HANDLERS)) {
            return;
        }
        slots.forEach((path, slot) -> {
            ArtifactHandler handler = slot.handler;
            if (handler != null && !handlers.contains(handler)) {
                slot.handler = null;
                forgotten(path, slot, handler);
            }
        });
    }

    /** Has handlers clean up that were there all through the last pass, and so have applied what there is. */
    private void cleanUp() {
        for (NodeHandler handler : handlers.own()) {
            if (toCleanUp.remove(handler)) {
                crew.start(List.of(new Job(new CleanUp(handler), Duration.ZERO)), 1);
            } else if (met.add(handler)) {
                toCleanUp.add(handler);
                reports.notice(Cause.HANDLERS);
            }
        }
    }

    private record CleanUp(NodeHandler handler) implements Task {

        @Override
        public void run() {
            handler.cleanUp();
        }

        @Override
        public void finished(Job job) {
            job.failure()
                    .ifPresent(e -> LOG.warn(
                            "What an earlier run left was not removed: handler={}, reason={}",
                            handler.description(),
                            e.getMessage(),
                            e));
        }

        @Override
        public String subject() {
            return "removal of what an earlier run left";
        }
    }

    private void forgotten(StatePath path, Slot slot, ArtifactHandler handler) {
        Optional<BlobId> served = slot.serving;
        slot.serving = Optional.empty();
        if (served.isPresent()) {
            DeploymentException gone = new DeploymentException(
                    Reason.UNSUPPORTED,
                    "What takes " + handler.description() + " was stopped on this node; start its bundle again.",
                    null);
            reports.report(path, served.get(), Outcome.failed(gone, Optional.empty()));
            reports.notice(Cause.HANDLERS);
        }
    }

    private void run(List<Job> jobs) throws InterruptedException {
        for (Job job : crew.run(jobs, Runtime.getRuntime().availableProcessors())) {
            job.task().finished(job);
        }
    }

    private final class Apply implements Task {
        private final Artifact artifact;
        private final Slot slot;
        private final ArtifactHandler handler;
        // written by the thread that runs it, read after its end
        private String serves = "";

        Apply(Artifact artifact, Slot slot, ArtifactHandler handler) {
            this.artifact = artifact;
            this.slot = slot;
            this.handler = handler;
        }

        @Override
        public void run() throws DeploymentException {
            ArtifactHandler before = slot.handler;
            if (before != null && before != handler) {
                before.remove(artifact.path());
            }
            serves = handler.apply(artifact);
        }

        @Override
        public void undo() {
            mailbox.post(() -> release(artifact.path(), slot));
        }

        @Override
        public void finished(Job job) {
            Optional<DeploymentException> failure = job.failure();
            if (failure.isPresent()) {
                reports.report(artifact.path(), artifact.blob(), Outcome.failed(failure.get(), slot.serving));
            } else {
                reports.notice(slot.serving.isPresent() ? Cause.ARTIFACT_GONE : Cause.ARTIFACT_ACTIVE);
                slot.handler = handler;
                slot.serving = Optional.of(artifact.blob());
                reports.report(artifact.path(), artifact.blob(), Outcome.active(serves, artifact.blob()));
            }
            slot.hung = job.givenUp();
            if (!slot.hung) {
                release(artifact.path(), slot);
            }
        }

        @Override
        public String subject() {
            return "deployment of " + artifact.path();
        }
    }

    private final class Remove implements Task {
        private final StatePath path;
        private final Slot slot;
        private final ArtifactHandler handler;

        Remove(StatePath path, Slot slot, ArtifactHandler handler) {
            this.path = path;
            this.slot = slot;
            this.handler = handler;
        }

        @Override
        public void run() throws DeploymentException {
            handler.remove(path);
        }

        @Override
        public void undo() {
            mailbox.post(() -> release(path, slot));
        }

        @Override
        public void finished(Job job) {
            job.failure()
                    .ifPresent(e ->
                            LOG.warn("Artifact was not undeployed cleanly: path={}, reason={}", path, e.getMessage()));
            reports.notice(Cause.ARTIFACT_GONE);
            slot.handler = null;
            slot.serving = Optional.empty();
            slot.hung = job.givenUp();
            if (!slot.hung) {
                release(path, slot);
            }
        }

        @Override
        public String subject() {
            return "removal of " + path;
        }
    }

    /** Goes on with what came while a call was under way. */
    private void release(StatePath path, Slot slot) {
        slot.busy = false;
        slot.hung = false;
        Artifact next = slot.next;
        slot.next = null;
        if (next != null) {
            handlers.find(path).ifPresent(handler -> crew.start(List.of(applying(next, slot, handler)), 1));
        } else if (slot.removeNext) {
            slot.removeNext = false;
            crew.start(removing(path, slot), 1);
        } else if (slot.handler == null && slot.serving.isEmpty()) {
            slots.remove(path, slot);
        }
    }

    private List<Job> removing(StatePath path, Slot slot) {
        ArtifactHandler handler = slot.handler;
        if (handler == null) {
            slots.remove(path, slot);
            return List.of();
        }
        slot.busy = true;
        return List.of(new Job(new Remove(path, slot, handler), limit.get()));
    }
}
