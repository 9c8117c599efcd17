package io.serai.deployer.internal.features;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureEvent;
import org.apache.karaf.features.FeaturesListener;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.features.RepositoryEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to {@code features.yaml} what people do with {@code feature:install}, {@code feature:repo-add} and the like, so
 * that it becomes part of the state. What artifacts brought stays out: it is part of the state already.
 */
@Component(service = FeaturesListener.class, immediate = true)
public final class FeatureWishes implements FeaturesListener {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureWishes.class);
    private static final Author AUTHOR = new Author("karaf", "shell");
    private static final long STOP_SECONDS = 5;

    private final FeaturesService features;
    private final StateRepository repository;
    private final FeatureHandler handler;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setName("deployer-features-1");
        thread.setDaemon(true);
        return thread;
    });

    /** Listens from now on; the handler is there only after the node's own features are. */
    @Activate
    public FeatureWishes(
            @Reference FeaturesService features,
            @Reference StateRepository repository,
            @Reference FeatureHandler handler) {
        this.features = features;
        this.repository = repository;
        this.handler = handler;
    }

    @Deactivate
    void deactivate() throws InterruptedException {
        executor.shutdownNow();
        executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void featureEvent(FeatureEvent event) {
        Feature feature = event.getFeature();
        // asked now: the artifact may be done when the executor comes to it
        if (event.isReplay() || handler.changesFeature(feature.getName())) {
            return;
        }
        if (event.getType() == FeatureEvent.EventType.FeatureInstalled) {
            executor.execute(() -> installed(feature));
        } else {
            executor.execute(() -> edit("feature:uninstall " + feature.getName(), list -> without(list, feature)));
        }
    }

    private void installed(Feature feature) {
        // only what somebody asked for is required; the rest came because something else needs it
        String wish = feature.getName() + "/" + feature.getVersion();
        if (features.isRequired(feature) && !handler.holdsFeature(feature.getName())) {
            edit("feature:install " + wish, list -> with(list, wish));
        }
    }

    @Override
    public void repositoryEvent(RepositoryEvent event) {
        String given = event.getRepository().getURI().toString();
        if (event.isReplay() || handler.isArtifact(given)) {
            return;
        }
        String uri = handler.asked(given);
        if (event.getType() == RepositoryEvent.EventType.RepositoryAdded) {
            executor.execute(() -> edit("feature:repo-add " + uri, list -> withRepository(list, uri)));
        } else {
            executor.execute(() -> edit("feature:repo-remove " + uri, list -> withoutRepository(list, uri)));
        }
    }

    private static FeatureList with(FeatureList list, String feature) {
        List<String> names = new ArrayList<>(list.features());
        names.add(feature);
        return new FeatureList(list.repositories(), names);
    }

    private static FeatureList without(FeatureList list, Feature feature) {
        return new FeatureList(
                list.repositories(),
                list.features().stream()
                        .filter(item -> !FeatureList.name(item).equals(feature.getName()))
                        .toList());
    }

    private static FeatureList withRepository(FeatureList list, String uri) {
        if (list.repositories().contains(uri)) {
            return list;
        }
        List<String> uris = new ArrayList<>(list.repositories());
        uris.add(uri);
        return new FeatureList(uris, list.features());
    }

    private static FeatureList withoutRepository(FeatureList list, String uri) {
        return new FeatureList(
                list.repositories().stream().filter(item -> !item.equals(uri)).toList(), list.features());
    }

    private void edit(String message, UnaryOperator<FeatureList> edit) {
        try {
            Snapshot head = repository.head();
            Optional<Content> content = head.content(FeatureHandler.LIST);
            FeatureList before = content.isPresent() ? FeatureList.read(content.get()) : FeatureList.EMPTY;
            FeatureList after = edit.apply(before);
            if (!after.equals(before)) {
                Content yaml = Content.of(after.toYaml());
                repository.commit(new Change(
                        Map.of(FeatureHandler.LIST, yaml), Set.of(), AUTHOR, message, Optional.of(head.commit())));
            }
        } catch (StateException | DeploymentException e) {
            LOG.warn("Feature change did not become part of the state: change={}, reason={}", message, e.getMessage());
        }
    }
}
