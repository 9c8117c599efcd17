package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.FeaturesService.Option;

/** Has Karaf's feature service hold what artifacts want, and let go of what none wants any more. */
final class FeatureInstaller {
    // deployed services are not taken down for what an unrelated feature brings
    private static final EnumSet<Option> OPTIONS = EnumSet.of(Option.NoAutoRefreshBundles);

    private final FeaturesService service;
    private final FeatureRecord record;
    // names of features and URIs of repositories
    private final Set<String> changing = ConcurrentHashMap.newKeySet();

    FeatureInstaller(FeaturesService service, FeatureRecord record) {
        this.service = service;
        this.record = record;
    }

    /**
     * Makes an artifact hold a list, instead of what it held before.
     *
     * @throws DeploymentException {@code IO} if a repository cannot be read or a feature is in none, {@code UNSATISFIED}
     *     if a feature cannot be resolved
     */
    synchronized void hold(StatePath path, FeatureList wanted, Supply supply) throws DeploymentException {
        List<String> byHand = known(path, supply.replaced(wanted));
        if (!byHand.isEmpty()) {
            supply.compare();
        }
        FeatureList before = record.get(path).and(new FeatureList(byHand, List.of()));
        try {
            // first, so that a crash leaves nothing that nobody holds
            record.put(path, before.and(wanted));
            change(path, before, wanted, supply);
            record.put(path, wanted);
        } catch (DeploymentException e) {
            restore(path, before, wanted, e);
            throw e;
        } catch (IOException e) {
            throw new DeploymentException(
                    Reason.IO, "Cannot record the features of " + path + ": " + e.getMessage() + ".", e);
        }
    }

    /** Lets go of all that an artifact holds. */
    void release(StatePath path) throws DeploymentException {
        hold(path, FeatureList.EMPTY, Supply.NOTHING);
    }

    private void change(StatePath path, FeatureList before, FeatureList wanted, Supply supply)
            throws DeploymentException {
        addRepositories(path, wanted.repositories());
        new KnownFeatures(service).check(path, wanted.features());
        supply.bring(new FeatureClosure(service).uris(path, wanted.features()));
        install(path, notRequired(wanted.features()));
        uninstall(path, obsolete(path, before.features(), wanted.features(), FeatureList::features));
        Set<String> outdated = obsolete(path, before.repositories(), wanted.repositories(), FeatureList::repositories);
        removeRepositories(outdated);
        if (!outdated.isEmpty()) {
            // a feature of the same version may have another content now
            install(path, new LinkedHashSet<>(wanted.features()));
        }
    }

    /** Takes back what was done of a change that failed; what cannot be taken back is, when the artifact goes. */
    private void restore(StatePath path, FeatureList before, FeatureList wanted, DeploymentException failure) {
        try {
            addRepositories(path, before.repositories());
            uninstall(path, obsolete(path, wanted.features(), before.features(), FeatureList::features));
            removeRepositories(obsolete(path, wanted.repositories(), before.repositories(), FeatureList::repositories));
            record.put(path, before);
        } catch (DeploymentException | IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Returns whether what happens to a feature or a repository now is the work of an artifact. */
    boolean isChanging(String featureOrRepository) {
        return changing.contains(featureOrRepository);
    }

    /** Returns what an artifact holds. */
    synchronized FeatureList held(StatePath path) {
        return record.get(path);
    }

    /** Returns whether an artifact holds a feature of that name, whatever its version. */
    synchronized boolean holdsFeature(String name) {
        return record.all().values().stream()
                .flatMap(list -> list.features().stream())
                .anyMatch(feature -> FeatureList.name(feature).equals(name));
    }

    /** Lets go of what artifacts held that are no longer there; returns which these were. */
    synchronized Set<StatePath> keepOnly(Set<StatePath> paths) throws DeploymentException {
        Set<StatePath> gone = record.all().keySet().stream()
                .map(StatePath::new)
                .filter(path -> !paths.contains(path))
                .collect(Collectors.toSet());
        for (StatePath path : gone) {
            release(path);
        }
        return gone;
    }

    /**
     * Returns the features of repositories that are to be installed as a whole.
     *
     * @param unmarked whether those are that do not say so
     */
    synchronized List<String> automatic(StatePath path, List<String> repositories, boolean unmarked)
            throws DeploymentException {
        List<String> found = new ArrayList<>();
        for (String uri : repositories) {
            try {
                // read anew: what the service knows may be the same file before a restart
                for (Feature feature : service.repositoryProvidedFeatures(URI.create(uri))) {
                    String install = feature.getInstall();
                    if (install == null ? unmarked : install.equals(Feature.DEFAULT_INSTALL_MODE)) {
                        found.add(feature.getName() + "/" + feature.getVersion());
                    }
                }
            } catch (Exception e) {
                throw unreadable(path, uri, e);
            }
        }
        return found;
    }

    /** Returns those of some repositories that the service has. */
    private List<String> known(StatePath path, List<String> uris) throws DeploymentException {
        List<String> known = new ArrayList<>();
        for (String uri : uris) {
            try {
                if (service.getRepository(URI.create(uri)) != null) {
                    known.add(uri);
                }
            } catch (Exception e) {
                throw unreadable(path, uri, e);
            }
        }
        return known;
    }

    private void addRepositories(StatePath path, List<String> uris) throws DeploymentException {
        for (String uri : uris) {
            try {
                during(List.of(uri), () -> service.addRepository(URI.create(uri)));
            } catch (Exception e) {
                throw unreadable(path, uri, e);
            }
        }
    }

    /** What the feature service is asked to do; it throws Exception and nothing narrower. */
    private interface Work {
        void run() throws Exception;
    }

    private void during(Collection<String> subjects, Work work) throws Exception {
        Set<String> names = subjects.stream().map(FeatureInstaller::subject).collect(Collectors.toSet());
        changing.addAll(names);
        try {
            work.run();
        } finally {
            changing.removeAll(names);
        }
    }

    /** Returns a feature without its version, and a repository as it is. */
    private static String subject(String featureOrRepository) {
        return featureOrRepository.contains(":") ? featureOrRepository : FeatureList.name(featureOrRepository);
    }

    private static DeploymentException unreadable(StatePath path, String uri, Exception cause) {
        String words = words(cause);
        return new DeploymentException(
                Reason.IO,
                path.fileName() + ": feature repository " + uri + " cannot be read: " + ResolverWords.plain(words)
                        + ". Correct the URI or make it readable; it is tried again.",
                words,
                cause);
    }

    private void removeRepositories(Set<String> uris) throws DeploymentException {
        for (String uri : uris) {
            try {
                during(List.of(uri), () -> service.removeRepository(URI.create(uri)));
            } catch (Exception e) {
                throw unsatisfied("Feature repository " + uri + " cannot be removed", e);
            }
        }
    }

    private Set<String> notRequired(List<String> features) throws DeploymentException {
        Set<String> missing = new LinkedHashSet<>(features);
        missing.removeAll(required(features));
        return missing;
    }

    /** Returns those features that the service holds by itself, and not only because others need them. */
    private Set<String> required(Collection<String> features) throws DeploymentException {
        Set<String> required = new LinkedHashSet<>();
        for (String feature : features) {
            try {
                Feature known = service.getFeature(feature);
                if (known != null && service.isRequired(known)) {
                    required.add(feature);
                }
            } catch (Exception e) {
                throw unsatisfied("Feature " + feature + " cannot be looked for", e);
            }
        }
        return required;
    }

    private void install(StatePath path, Set<String> features) throws DeploymentException {
        try {
            if (!features.isEmpty()) {
                during(features, () -> service.installFeatures(features, OPTIONS));
            }
        } catch (Exception e) {
            throw unsatisfied(path.fileName() + ": features cannot be installed: " + String.join(", ", features), e);
        }
    }

    private void uninstall(StatePath path, Set<String> features) throws DeploymentException {
        Set<String> required = required(features);
        try {
            if (!required.isEmpty()) {
                during(required, () -> service.uninstallFeatures(required, OPTIONS));
            }
        } catch (Exception e) {
            throw unsatisfied(path.fileName() + ": features cannot be uninstalled: " + String.join(", ", required), e);
        }
    }

    /** Returns what an artifact held, and nothing holds now. */
    private Set<String> obsolete(
            StatePath path, List<String> before, List<String> now, Function<FeatureList, List<String>> part) {
        Set<String> held = record.all().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(path.value()))
                .flatMap(entry -> part.apply(entry.getValue()).stream())
                .collect(Collectors.toSet());
        return before.stream()
                .filter(item -> !now.contains(item) && !held.contains(item))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static DeploymentException unsatisfied(String what, Exception cause) {
        String words = words(cause);
        return new DeploymentException(
                Reason.UNSATISFIED, what + ": " + ResolverWords.plain(words) + ".", words, cause);
    }

    private static String words(Exception cause) {
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return String.valueOf(cause.getMessage());
    }
}
