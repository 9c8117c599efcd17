package io.serai.deployer.internal;

import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.BundleExtension;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.bundle.Builders;
import io.serai.deployer.internal.bundle.BundleConditions;
import io.serai.deployer.internal.bundle.BundleEngine;
import io.serai.deployer.internal.bundle.BundleTools;
import io.serai.deployer.internal.bundle.Extensions;
import io.serai.deployer.internal.handler.HandlerEngine;
import io.serai.deployer.internal.handler.Handlers;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.Crew;
import io.serai.deployer.internal.reconcile.Ledger;
import io.serai.deployer.internal.reconcile.Mailbox;
import io.serai.deployer.internal.reconcile.Pacing;
import io.serai.deployer.internal.reconcile.Reconciler;
import io.serai.deployer.internal.reconcile.Router;
import io.serai.deployer.internal.reconcile.StateContent;
import io.serai.deployer.internal.reconcile.VerdictBook;
import io.serai.deployer.internal.reconcile.VerdictListener;
import io.serai.deployer.internal.rolling.Rolling;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The reconciler with all that it works with, put together. */
final class Deployments implements AutoCloseable {
    private static final String BEGINNING_START_LEVEL = "org.osgi.framework.startlevel.beginning";
    private static final LongSupplier NANO_TIME = System::nanoTime;

    private final BundleContext context;
    private final Mailbox mailbox = new Mailbox(NANO_TIME);
    private final Crew crew =
            new Crew(NANO_TIME, job -> mailbox.post(() -> job.task().finished(job)));
    private final Handlers handlers = new Handlers();
    private final Extensions extensions = new Extensions();
    private final VerdictBook book;
    private final BundleEngine bundles;
    private final Reconciler reconciler;
    private final NodeEvents events;

    /**
     * What it stands on.
     *
     * @param witnesses know how far changes have come that are applied node by node
     * @param mayBegin whether the node may begin to run what the state says
     */
    record Ground(
            BundleContext context,
            StateRepository repository,
            Builders builders,
            List<BundleConditions> conditions,
            Rolling.Witnesses witnesses,
            BooleanSupplier mayBegin) {}

    /**
     * Puts the parts together; nothing runs yet.
     *
     * @param startLimit how long a bundle may take to start
     */
    Deployments(Ground ground, Supplier<Duration> startLimit, VerdictListener listener) {
        this.context = ground.context();
        this.book = new VerdictBook(Clock.systemUTC(), listener);
        Ledger ledger = new Ledger(book, mailbox, NANO_TIME);
        this.bundles = new BundleEngine(
                new BundleTools(context, ground.builders(), extensions, ground.conditions()),
                new BundleEngine.Workforce(crew, mailbox),
                startLimit,
                blob -> new StateContent(ground.repository(), blob),
                ledger);
        HandlerEngine others = new HandlerEngine(handlers, crew, ledger, mailbox, startLimit);
        Router router = new ArtifactRouter(ground.builders(), handlers, bundles, others);
        Pacing pacing = new Rolling(ground.repository(), router, ground.witnesses(), mailbox, NANO_TIME);
        this.reconciler = new Reconciler(
                ground.repository(),
                mailbox,
                new Reconciler.Verdicts(book, ledger, Clock.systemUTC()),
                new Reconciler.Applying(crew, router, pacing, NANO_TIME),
                () -> frameworkStarted() && ground.mayBegin().getAsBoolean());
        this.events = new NodeEvents(context, mailbox);
    }

    /** Starts to listen and to reconcile. */
    void start() {
        events.listen();
        reconciler.start();
    }

    /** Returns whether the framework has come to its start level; before, bundles cannot be started. */
    private boolean frameworkStarted() {
        Bundle framework = context.getBundle(0);
        String beginning = context.getProperty(BEGINNING_START_LEVEL);
        return framework.getState() == Bundle.ACTIVE
                && framework.adapt(FrameworkStartLevel.class).getStartLevel()
                        >= (beginning == null ? 1 : Integer.parseInt(beginning.trim()));
    }

    VerdictBook book() {
        return book;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    void add(ArtifactHandler handler) {
        handlers.add(handler);
        mailbox.notice(Cause.HANDLERS);
    }

    void remove(ArtifactHandler handler) {
        handlers.remove(handler);
        mailbox.notice(Cause.HANDLERS);
    }

    void add(BundleExtension extension) {
        extensions.add(extension);
        mailbox.notice(Cause.EXTENSIONS);
    }

    void remove(BundleExtension extension) {
        extensions.remove(extension);
        mailbox.notice(Cause.EXTENSIONS);
    }

    @Override
    public void close() {
        events.stop();
        reconciler.close();
        bundles.close();
        crew.close();
    }
}
