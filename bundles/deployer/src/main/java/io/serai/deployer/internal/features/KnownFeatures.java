package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import io.serai.api.text.NearNames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;

/**
 * The features that can be installed, with proposals for those that cannot.
 *
 * @param service knows them
 */
record KnownFeatures(FeaturesService service) {
    /**
     * Refuses features that are in no known repository.
     *
     * @throws DeploymentException {@code IO}, because one may be in a repository that is yet to come
     */
    void check(StatePath path, List<String> features) throws DeploymentException {
        for (String feature : features) {
            try {
                if (service.getFeatures(feature).length == 0) {
                    throw new DeploymentException(
                            Reason.IO,
                            path.fileName() + ": there is no feature " + feature + proposal(feature)
                                    + " Correct it, or name the repository it is in; it is tried again.",
                            null);
                }
            } catch (DeploymentException e) {
                throw e;
            } catch (Exception e) {
                // the feature service throws Exception and nothing narrower
                throw new DeploymentException(
                        Reason.IO, path.fileName() + ": feature " + feature + " cannot be looked for: " + e + ".", e);
            }
        }
    }

    private String proposal(String feature) throws Exception {
        String name = FeatureList.name(feature);
        List<Feature> versions = List.of(service.getFeatures(name));
        if (!versions.isEmpty()) {
            return "; there is version "
                    + String.join(", ", names(versions.stream().map(Feature::getVersion))) + ".";
        }
        return NearNames.nearest(
                        name, names(Arrays.stream(service.listFeatures()).map(Feature::getName)))
                .map(known -> "; did you mean " + known + "?")
                .orElse(".");
    }

    private static List<String> names(Stream<String> names) {
        return names.distinct().sorted().toList();
    }
}
