package io.serai.state.internal;

import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the repository as JGit has it, for what speaks the protocols of Git; {@code serai.state=true} tells it from others. */
@Component(service = RepositoryExport.class, immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = {"objectClass:List<String>=org.eclipse.jgit.lib.Repository", "serai.state=true"})
public final class RepositoryExport {
    private final ServiceRegistration<Repository> registration;

    /** Registers it. */
    @Activate
    public RepositoryExport(BundleContext context, @Reference GitStateRepository state) {
        registration = context.registerService(
                Repository.class, state.git(), FrameworkUtil.asDictionary(Map.of("serai.state", true)));
    }

    @Deactivate
    void close() {
        registration.unregister();
    }
}
