package io.serai.deployer.internal.bundle;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** Which of two artifacts serves that hold versions of the same bundle and declare the same: the newer version. */
final class Succession {
    private Succession() {}

    /** Returns the artifact that serves with another version of the same bundle, the newest if there are some. */
    static Optional<BundleDeployment> rival(BundleDeployment deployment, Collection<BundleDeployment> serving) {
        Bundle bundle = deployment.bundle;
        if (bundle == null || bundle.getSymbolicName() == null) {
            return Optional.empty();
        }
        return serving.stream()
                .filter(each -> !each.path().equals(deployment.path()))
                .filter(each -> bundle.getSymbolicName().equals(each.installed().getSymbolicName()))
                .filter(each -> !each.served.isEmpty())
                .max(Comparator.comparing(Succession::version));
    }

    static int compare(BundleDeployment one, BundleDeployment other) {
        return version(one).compareTo(version(other));
    }

    static Version version(BundleDeployment deployment) {
        return deployment.installed().getVersion();
    }
}
