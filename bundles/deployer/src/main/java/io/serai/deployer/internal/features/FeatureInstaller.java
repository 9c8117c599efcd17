package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;
import org.apache.karaf.features.Repository;

/** Has Karaf's feature service hold what artifacts want, and let go of what none wants any more. */
final class FeatureInstaller {
    // deployed services are not taken down for what an unrelated feature brings
    private static final EnumSet<Option> OPTIONS = EnumSet.of(Option.NoAutoRefreshBundles);

    private final FeaturesService service;
    private final FeatureRecord record;

    FeatureInstaller(FeaturesService service, FeatureRecord record) {
        this.service = service;
        this.record = record;
    }

    /**
     * Makes an artifact hold a list, instead of what it held before.
     *
     * @throws DeploymentException {@code UNSATISFIED} if a repository cannot be read or a feature not be resolved
     */
    synchronized void hold(StatePath path, FeatureList wanted) throws DeploymentException {
        FeatureList before = record.get(path);
        try {
            // first, so that what is installed now is never taken for the wish of a person
            record.put(path, before.and(wanted));
            addRepositories(wanted.repositories());
            install(path, wanted.features());
            record.put(path, wanted);
            uninstall(obsolete(before.features(), wanted.features(), false));
            removeRepositories(obsolete(before.repositories(), wanted.repositories(), true));
        } catch (IOException e) {
            throw new DeploymentException(
                    Reason.IO, "Cannot record the features of " + path + ": " + e.getMessage() + ".", e);
        }
    }

    /** Returns whether an artifact holds a feature of that name, whatever its version. */
    synchronized boolean holdsFeature(String name) {
        return record.all().values().stream()
                .flatMap(list -> list.features().stream())
                .anyMatch(feature -> FeatureList.name(feature).equals(name));
    }

    /** Lets go of what artifacts held that are no longer there. */
    synchronized void keepOnly(Set<StatePath> paths) throws DeploymentException {
        for (String path : record.all().keySet()) {
            if (!paths.contains(new StatePath(path))) {
                hold(new StatePath(path), FeatureList.EMPTY);
            }
        }
    }

    /** Returns the features of a repository that is to be installed as a whole. */
    synchronized List<String> automatic(URI repository) throws DeploymentException {
        addRepositories(List.of(repository.toString()));
        try {
            for (Repository known : service.listRepositories()) {
                if (known.getURI().equals(repository)) {
                    return List.of(known.getFeatures()).stream()
                            .filter(feature -> Feature.DEFAULT_INSTALL_MODE.equals(feature.getInstall()))
                            .map(feature -> feature.getName() + "/" + feature.getVersion())
                            .toList();
                }
            }
            return List.of();
        } catch (Exception e) {
            throw unsatisfied("Features of " + repository + " cannot be read", e);
        }
    }

    private void addRepositories(List<String> uris) throws DeploymentException {
        for (String uri : uris) {
            try {
                service.addRepository(URI.create(uri));
            } catch (Exception e) {
                throw unsatisfied("Feature repository " + uri + " cannot be read", e);
            }
        }
    }

    private void removeRepositories(Set<String> uris) throws DeploymentException {
        for (String uri : uris) {
            try {
                service.removeRepository(URI.create(uri));
            } catch (Exception e) {
                throw unsatisfied("Feature repository " + uri + " cannot be removed", e);
            }
        }
    }

    private void install(StatePath path, List<String> features) throws DeploymentException {
        try {
            Set<String> missing = new LinkedHashSet<>();
            for (String feature : features) {
                Feature known = service.getFeature(feature);
                if (known == null || !service.isRequired(known)) {
                    missing.add(feature);
                }
            }
            if (!missing.isEmpty()) {
                service.installFeatures(missing, OPTIONS);
            }
        } catch (Exception e) {
            throw unsatisfied("Features of " + path + " cannot be installed: " + String.join(", ", features), e);
        }
    }

    private void uninstall(Set<String> features) throws DeploymentException {
        try {
            Set<String> required = new LinkedHashSet<>();
            for (String feature : features) {
                Feature known = service.getFeature(feature);
                if (known != null && service.isRequired(known)) {
                    required.add(feature);
                }
            }
            if (!required.isEmpty()) {
                service.uninstallFeatures(required, OPTIONS);
            }
        } catch (Exception e) {
            throw unsatisfied("Features cannot be uninstalled: " + String.join(", ", features), e);
        }
    }

    /** Returns what was held and is held by nothing now. */
    private Set<String> obsolete(List<String> before, List<String> now, boolean repositories) {
        Set<String> held = record.all().values().stream()
                .flatMap(list -> (repositories ? list.repositories() : list.features()).stream())
                .collect(Collectors.toSet());
        return before.stream()
                .filter(item -> !now.contains(item) && !held.contains(item))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    // the feature service throws Exception and nothing narrower
    private static DeploymentException unsatisfied(String what, Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String words = String.valueOf(cause.getMessage());
        String first = words.lines().findFirst().orElse(words);
        return new DeploymentException(Reason.UNSATISFIED, what + ": " + first + ".", words, cause);
    }
}
