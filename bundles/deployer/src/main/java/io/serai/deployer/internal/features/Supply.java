package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import java.util.Collection;
import java.util.List;

/** Has at hand what features are made of, before they are installed. */
interface Supply {
    /** For who installs nothing. */
    Supply NOTHING = new Supply() {
        @Override
        public void bring(Collection<String> uris) {}

        @Override
        public List<String> replaced(FeatureList list) {
            return List.of();
        }

        @Override
        public void compare() {}
    };

    /** Brings artifacts to where Karaf looks for them. */
    void bring(Collection<String> uris) throws DeploymentException;

    /** Returns the feature repositories that those of a list stand for; somebody may have added them by hand. */
    List<String> replaced(FeatureList list);

    /** Makes sure that what somebody may have installed by hand is what was recorded. */
    void compare() throws DeploymentException;
}
