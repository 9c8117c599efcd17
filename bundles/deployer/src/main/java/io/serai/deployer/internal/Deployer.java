package io.serai.deployer.internal;

import io.serai.api.cluster.ClusterService;
import io.serai.api.deploy.ArtifactHandler;
import io.serai.api.deploy.BundleExtension;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.deploy.Verdict;
import io.serai.api.security.AuditLog;
import io.serai.api.state.Author;
import io.serai.api.state.CommitId;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.deployer.internal.bundle.BlueprintConditions;
import io.serai.deployer.internal.bundle.Builders;
import io.serai.deployer.internal.bundle.ComponentConditions;
import io.serai.deployer.internal.cluster.AskedFellows;
import io.serai.deployer.internal.folder.DropFolder;
import io.serai.deployer.internal.folder.LateAudit;
import io.serai.deployer.internal.reconcile.Cause;
import io.serai.deployer.internal.reconcile.HeadMoves;
import io.serai.deployer.internal.rolling.Rolling;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.blueprint.container.BlueprintEvent;
import org.osgi.service.blueprint.container.BlueprintListener;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The deployer as the rest of the node sees it. A changed configuration does not reactivate it, because that would take
 * every deployed service down and up.
 */
@Component(
        service = {DeploymentService.class, ConfigurationListener.class, BlueprintListener.class},
        configurationPid = DeployerSettings.PID,
        immediate = true)
@Designate(ocd = DeployerConfig.class)
public final class Deployer implements DeploymentService, ConfigurationListener, BlueprintListener {
    /** So long the files in the folder may be those before the head, while what is in them is started. */
    private static final long FOLDER_PATIENCE_SECONDS = 2;

    private final StateRepository repository;
    private final String nodeName;
    private final Path nodeDirectory;
    private final VerdictMarkers markers;
    private final HeadMoves heads;
    private final Runnable headMoved = this::headMoved;
    private final BlueprintConditions blueprints;
    private final CatchUpWait catchUp;
    private final AskedFellows fellows;
    private final Deployments deployments;
    private final LateAudit audit = new LateAudit();
    private volatile DeployerSettings settings;
    private volatile DropFolder folder;
    private volatile @Nullable ServiceComponentRuntime components;

    /** Starts to reconcile, and to watch the folder. */
    @Activate
    public Deployer(
            BundleContext context,
            DeployerConfig config,
            @Reference StateRepository repository,
            @Reference Builders builders,
            @Reference HeadMoves heads) {
        this.nodeDirectory = NodeDirectory.of(context);
        this.settings = DeployerSettings.of(config, nodeDirectory);
        this.markers = new VerdictMarkers(nodeDirectory.resolve("verdicts"));
        this.blueprints = new BlueprintConditions(this::containerChanged);
        this.catchUp = new CatchUpWait(System::nanoTime, this::caughtUp);
        this.nodeName = NodeDirectory.nodeName(context);
        this.fellows = new AskedFellows(nodeName);
        this.deployments = new Deployments(
                new Deployments.Ground(
                        context,
                        repository,
                        builders,
                        List.of(new ComponentConditions(() -> Optional.ofNullable(components)), blueprints),
                        new Rolling.Witnesses(fellows, markers::served),
                        catchUp),
                () -> settings.startTimeout(),
                markers);
        this.repository = repository;
        this.heads = heads;
        deployments.start();
        this.folder = watch();
        heads.addReceiver(headMoved);
    }

    private DropFolder watch() {
        DropFolder.Place place = new DropFolder.Place(
                settings.directory(), nodeDirectory.resolve("folder.json"), settings.scanInterval(), settings.settle());
        DropFolder watched =
                new DropFolder(place, repository, deployments.book(), new Author(nodeName, "folder"), audit);
        watched.start();
        return watched;
    }

    @Deactivate
    void deactivate() {
        heads.removeReceiver(headMoved);
        folder.close();
        deployments.close();
        markers.close();
    }

    @Modified
    void modified(DeployerConfig config) {
        settings = DeployerSettings.of(config, nodeDirectory);
        folder.close();
        folder = watch();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHandler(ArtifactHandler handler) {
        deployments.add(handler);
    }

    void unbindHandler(ArtifactHandler handler) {
        deployments.remove(handler);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindExtension(BundleExtension extension) {
        deployments.add(extension);
    }

    void unbindExtension(BundleExtension extension) {
        deployments.remove(extension);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCluster(ClusterService cluster) {
        fellows.connect(cluster);
        catchUp.waitFor(cluster);
    }

    void unbindCluster(ClusterService cluster) {
        fellows.disconnect(cluster);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAudit(AuditLog log) {
        audit.arrived(log);
    }

    void unbindAudit(AuditLog log) {
        audit.left(log);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindComponents(ServiceComponentRuntime runtime) {
        components = runtime;
        deployments.mailbox().notice(Cause.COMPONENTS);
    }

    void unbindComponents(ServiceComponentRuntime runtime) {
        if (runtime.equals(components)) {
            components = null;
        }
    }

    private void caughtUp() {
        // wakes the reconciler, which may have had the head noticed and wait to be allowed to look at it
        deployments.mailbox().post(() -> {});
    }

    /** Has the head applied, and the folder brought to it afterwards: a thousand files would take the services' time. */
    private void headMoved() {
        var unused = deployments
                .reconciler()
                .await(repository.head().commit(), List.of())
                .completeOnTimeout(List.of(), FOLDER_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .whenComplete((verdicts, failure) -> folder.headMoved());
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        deployments.mailbox().notice(Cause.CONFIGURATION);
    }

    @Override
    public void blueprintEvent(BlueprintEvent event) {
        blueprints.blueprintEvent(event);
    }

    private void containerChanged() {
        deployments.mailbox().notice(Cause.COMPONENTS);
    }

    @Override
    public List<Verdict> verdicts() {
        return deployments.book().all();
    }

    @Override
    public Optional<Verdict> verdict(StatePath path) {
        return deployments.book().find(path);
    }

    @Override
    public Optional<CommitId> applied() {
        return deployments.reconciler().applied();
    }

    @Override
    public CompletableFuture<List<Verdict>> await(CommitId commit, Collection<StatePath> paths) {
        return deployments.reconciler().await(commit, paths);
    }
}
