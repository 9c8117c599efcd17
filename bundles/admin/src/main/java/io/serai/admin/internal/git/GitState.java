package io.serai.admin.internal.git;

import io.serai.api.deploy.ClusterDeploymentService;
import io.serai.api.deploy.DeploymentService;
import io.serai.api.security.AccessControl;
import io.serai.api.security.AuditLog;
import io.serai.api.security.LoginService;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The state, as long as it is there, as a repository and as what it means, and who may what with it. */
@Component(service = GitState.class)
public final class GitState {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable DeploymentService deployments;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable ClusterDeploymentService otherDeployments;

    private final Repository repository;
    private final StateRepository files;
    private final StateReplica replica;
    private final GitAccess access;

    /** Makes it of its parts. */
    @Activate
    public GitState(
            @Reference(target = "(serai.state=true)") Repository repository,
            @Reference StateRepository files,
            @Reference StateReplica replica,
            @Reference GitAccess access) {
        this.repository = repository;
        this.files = files;
        this.replica = replica;
        this.access = access;
    }

    Repository repository() {
        return repository;
    }

    StateRepository files() {
        return files;
    }

    StateReplica replica() {
        return replica;
    }

    LoginService logins() {
        return access.logins();
    }

    AccessControl access() {
        return access.access();
    }

    AuditLog audit() {
        return access.audit();
    }

    /** Returns the deployments of the other nodes. */
    Optional<ClusterDeploymentService> otherDeployments() {
        return Optional.ofNullable(otherDeployments);
    }

    Optional<DeploymentService> deployments() {
        return Optional.ofNullable(deployments);
    }
}
