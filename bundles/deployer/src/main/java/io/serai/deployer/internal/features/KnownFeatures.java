package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import java.util.Arrays;
import java.util.Comparator;
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
    private static final int TOLERANCE = 3;

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
        return names(Arrays.stream(service.listFeatures()).map(Feature::getName)).stream()
                .filter(known -> distance(name, known) <= TOLERANCE)
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .map(known -> "; did you mean " + known + "?")
                .orElse(".");
    }

    private static List<String> names(Stream<String> names) {
        return names.distinct().sorted().toList();
    }

    /** Returns how many characters must be put, removed or replaced (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] costs = new int[b.length() + 1];
        Arrays.setAll(costs, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[b.length()];
    }
}
