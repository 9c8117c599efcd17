package io.serai.admin.internal.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectJson;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectService;
import io.serai.api.object.ObjectView;
import io.serai.api.object.ObservedKind;
import io.serai.api.object.QueriedKind;
import io.serai.api.security.AccessControl;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateListener;
import io.serai.api.state.StateRepository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients of changes: of those that commits make at once, of others within some seconds ({@link StatusWatch}). The id of an event is the commit up to which the client has all, so it can go on from there at any node:
 * what has changed since is the difference of two commits. A client whose commit a node does not have is told to read the list again.
 */
@Component(service = {Watches.class, StateListener.class})
public final class Watches implements StateListener {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_BEAT_MILLIS = 10_000;

    private final ObjectService objects;
    private final StateRepository state;
    private final AccessControl access;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final ExecutorService executor;
    private final StatusWatch statuses;
    private CommitId told; // only the executor's thread reads and writes it

    /** Watches a state. */
    @Activate
    public Watches(
            @Reference ObjectService objects, @Reference StateRepository state, @Reference AccessControl access) {
        this.objects = objects;
        this.state = state;
        this.access = access;
        this.told = state.head().commit();
        this.executor = new ThreadPoolExecutor(0, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = Executors.defaultThreadFactory().newThread(task);
            thread.setName("admin-watch-1");
            thread.setDaemon(true);
            return thread;
        });
        this.statuses = new StatusWatch(objects, this::kinds, new Statuses());
    }

    private Set<String> kinds() {
        return watchers.stream().map(Watcher::kind).collect(Collectors.toSet());
    }

    /** Passes on what has changed without a commit. */
    private final class Statuses implements StatusWatch.Told {
        @Override
        public void put(ObjectView view) {
            String text = json(ObjectJson.view(view));
            execute(() -> readers(view.key()).forEach(watcher -> watcher.send("put", text)));
        }

        @Override
        public void gone(ObjectKey key) {
            execute(() -> readers(key).forEach(watcher -> watcher.send("delete", deleted(key))));
        }
    }

    private List<Watcher> readers(ObjectKey key) {
        return watchers.stream()
                .filter(watcher -> watcher.isFor(key) && mayRead(watcher, key))
                .toList();
    }

    private boolean mayRead(Watcher watcher, ObjectKey key) {
        return access.permits(watcher.subject(), AccessControl.READ, key.kind(), key.name());
    }

    @Deactivate
    void close() {
        statuses.close();
        executor.shutdown();
        endAll();
    }

    /** Ends all answers, so that clients go on at another node. */
    public void endAll() {
        watchers.forEach(Watcher::end);
    }

    /** Returns whether a request is one to watch. */
    boolean isAskedFor(ApiRequest request) throws ApiException {
        return request.segments().size() == 1 && request.method().equals("GET") && request.flag("watch");
    }

    /** Answers a request until the client goes. */
    void open(ApiRequest request, Response response, Callback callback) throws ApiException, ObjectException {
        request.allow(Set.of("watch", "since"));
        String kind = request.segments().get(0);
        if (objects.kinds().stream().anyMatch(known -> known.name().equals(kind) && known instanceof QueriedKind)) {
            throw ApiException.badRequest("Nobody is told of new objects of kind " + kind
                    + "; list them from time to time, with a filter for what you have not seen");
        }
        // refuses who may not, and what is no kind
        objects.list(request.subject(), new ObjectQuery(kind, List.of(), 1, Optional.empty()));
        Optional<String> since = request.header("Last-Event-ID").or(() -> request.parameter("since"));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        Watcher[] made = new Watcher[1];
        Watcher watcher =
                new Watcher(request.subject(), kind, response, Callback.from(callback, () -> watchers.remove(made[0])));
        made[0] = watcher;
        statuses.begin(kind, () -> execute(() -> begin(watcher, since)));
        long idle = request.jetty().getConnectionMetaData().getConnector().getIdleTimeout();
        beat(watcher, request.jetty().getComponents().getScheduler(), Math.min(idle / 3, MAX_BEAT_MILLIS));
    }

    private void beat(Watcher watcher, Scheduler scheduler, long millis) {
        scheduler.schedule(
                () -> {
                    if (watchers.contains(watcher)) {
                        watcher.beat();
                        beat(watcher, scheduler, millis);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void headMoved(CommitId before, CommitId after) {
        execute(this::tell);
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Did not tell watchers any more: the node stops", e);
        }
    }

    private void begin(Watcher watcher, Optional<String> since) {
        watchers.add(watcher);
        if (since.isEmpty()) {
            watcher.send("ready", "{}", told.value());
            return;
        }
        if (isObserved(watcher.kind())) {
            watcher.send("reset", "{}", told.value()); // of these a commit says nothing
            return;
        }
        try {
            send(List.of(watcher), new CommitId(since.get()), told);
        } catch (ObjectException | IllegalArgumentException e) {
            LOG.debug("A watcher begins anew: since={}, cause={}", since.get(), e.getMessage());
            watcher.send("reset", "{}", told.value());
        }
    }

    private void tell() {
        CommitId head = state.head().commit();
        try {
            if (!watchers.isEmpty() && !head.equals(told)) {
                send(watchers, told, head);
            }
        } catch (ObjectException e) {
            LOG.warn("Watchers were told to begin anew: head={}", head, e);
            watchers.forEach(watcher -> watcher.send("reset", "{}", head.value()));
        }
        told = head;
    }

    private void send(List<Watcher> to, CommitId before, CommitId after) throws ObjectException {
        Set<ObjectKey> changed = objects.changed(before, after);
        Map<ObjectKey, Optional<String>> texts = new HashMap<>();
        for (Watcher watcher : to) {
            for (ObjectKey key : changed) {
                if (watcher.isFor(key) && mayRead(watcher, key)) {
                    texts.computeIfAbsent(key, each -> text(watcher, each))
                            .ifPresentOrElse(
                                    text -> watcher.send("put", text), () -> watcher.send("delete", deleted(key)));
                }
            }
            watcher.send("version", "{}", after.value());
        }
    }

    /** Returns an object as it is now; empty if it is not there. */
    private Optional<String> text(Watcher watcher, ObjectKey key) {
        try {
            return Optional.of(json(ObjectJson.view(objects.get(watcher.subject(), key))));
        } catch (ObjectException e) {
            if (e.reason() != Reason.NOT_FOUND) {
                LOG.warn("An object that has changed could not be read: object={}", key, e);
            }
            return Optional.empty();
        }
    }

    private static String deleted(ObjectKey key) {
        return json(Map.of("kind", key.kind(), "name", key.name(), "layer", key.layer()));
    }

    private static String json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "An object has a value that JSON does not have: " + value.get("name"), e);
        }
    }

    private boolean isObserved(String kind) {
        return objects.kinds().stream().anyMatch(known -> known.name().equals(kind) && known instanceof ObservedKind);
    }
}
