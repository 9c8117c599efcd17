package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Conditional;
import org.apache.karaf.features.ConfigFileInfo;
import org.apache.karaf.features.ConfigInfo;
import org.apache.karaf.features.Dependency;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.Library;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * What Karaf reads when it installs features: the bundles of these and of all that they may depend on, whichever of them the
 * resolver chooses in the end (org.apache.karaf.features.internal.region.Subsystem of Karaf 4.4).
 */
final class FeatureClosure {
    private static final Pattern LOOSE = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?[^0-9A-Za-z]?(.*)");

    private final FeaturesService service;
    private final Set<String> uris = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Feature> waiting = new ArrayDeque<>();

    FeatureClosure(FeaturesService service) {
        this.service = service;
    }

    /** Returns the URIs of all that features may need. */
    Set<String> uris(StatePath path, Collection<String> features) throws DeploymentException {
        try {
            Map<String, List<Feature>> known =
                    Arrays.stream(service.listFeatures()).collect(Collectors.groupingBy(Feature::getName));
            for (String feature : features) {
                waiting.addAll(List.of(service.getFeatures(feature)));
            }
            while (!waiting.isEmpty()) {
                visit(waiting.remove(), known);
            }
            return uris;
        } catch (Exception e) {
            // the feature service throws Exception and nothing narrower
            throw new DeploymentException(
                    Reason.IO, path.fileName() + ": what its features need cannot be looked for: " + e + ".", e);
        }
    }

    private void visit(Feature feature, Map<String, List<Feature>> known) {
        if (feature.isBlacklisted() || !seen.add(feature.getId())) {
            return;
        }
        addBundles(feature.getBundles());
        addConfigurations(feature.getConfigurations(), feature.getConfigurationFiles());
        feature.getLibraries().stream().map(Library::getLocation).forEach(uris::add);
        addDependencies(feature.getDependencies(), known);
        for (Conditional conditional : feature.getConditional()) {
            if (!conditional.isBlacklisted()) {
                addBundles(conditional.getBundles());
                addConfigurations(conditional.getConfigurations(), conditional.getConfigurationFiles());
                addDependencies(conditional.getDependencies(), known);
            }
        }
    }

    private void addBundles(List<BundleInfo> bundles) {
        bundles.stream()
                .filter(bundle -> !bundle.isBlacklisted())
                .map(BundleInfo::getLocation)
                .forEach(uris::add);
    }

    private void addConfigurations(List<ConfigInfo> configurations, List<ConfigFileInfo> files) {
        configurations.stream()
                .filter(ConfigInfo::isExternal)
                .map(configuration -> configuration.getValue().trim())
                .forEach(uris::add);
        files.stream().map(file -> file.getLocation().trim()).forEach(uris::add);
    }

    private void addDependencies(List<Dependency> dependencies, Map<String, List<Feature>> known) {
        for (Dependency dependency : dependencies) {
            List<Feature> candidates = new ArrayList<>(known.getOrDefault(dependency.getName(), List.of()));
            candidates.removeIf(feature -> dependency.isBlacklisted() || !fits(feature, dependency));
            waiting.addAll(candidates);
        }
    }

    private static boolean fits(Feature feature, Dependency dependency) {
        try {
            return new VersionRange(dependency.getVersion().trim()).includes(version(feature.getVersion()));
        } catch (IllegalArgumentException e) {
            return true; // Karaf reads more than OSGi does
        }
    }

    /** Returns an OSGi version of one as Maven has it. */
    private static Version version(String text) {
        Matcher matcher = LOOSE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        String qualifier = matcher.group(4).replaceAll("[^0-9A-Za-z_-]", "_");
        return new Version(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)), qualifier);
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
