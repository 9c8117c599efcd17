package io.serai.admin.internal.rest;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectPage;
import io.serai.api.object.ObjectQuery;
import io.serai.api.object.ObjectService;
import io.serai.api.object.ObjectView;
import io.serai.api.object.ObservedKind;
import io.serai.api.security.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what no commit tells of, as long as somebody watches it: objects that bundles see, and how the others fare. Once a second,
 * and more seldom if looking takes more than a twentieth of that time. All of its work is done by its one thread.
 */
final class StatusWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWatch.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int REST_FACTOR = 20;

    /** Sees all; what it sees is told to whom may read it. */
    private static final Subject EVERYTHING = new Subject("serai", Set.of("admin"), Set.of(), "watch", "");

    private final ObjectService objects;
    private final Supplier<Set<String>> watched;
    private final Told told;
    private final Map<String, Map<ObjectKey, Integer>> seen = new HashMap<>(); // used by its thread only
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = Executors.defaultThreadFactory().newThread(work);
        made.setName("admin-status-1");
        made.setDaemon(true);
        return made;
    });

    /** Is told what has changed. */
    interface Told {
        /** An object is there now, or fares otherwise than before. */
        void put(ObjectView view);

        /** An object that a bundle saw is not there any more. */
        void gone(ObjectKey key);
    }

    /**
     * Begins to look.
     *
     * @param watched the kinds that anybody watches
     */
    StatusWatch(ObjectService objects, Supplier<Set<String>> watched, Told told) {
        this.objects = objects;
        this.watched = watched;
        this.told = told;
        lookAfter(INTERVAL_NANOS);
    }

    /** Runs something when it is known how the objects of a kind are now, so that no later change is missed. */
    void begin(String kind, Runnable next) {
        thread.execute(() -> {
            if (!seen.containsKey(kind)) {
                compare(kind);
            }
            next.run();
        });
    }

    private void look() {
        long begin = System.nanoTime();
        Set<String> kinds = watched.get();
        seen.keySet().retainAll(kinds);
        kinds.forEach(this::compare);
        lookAfter(Math.max(INTERVAL_NANOS, REST_FACTOR * (System.nanoTime() - begin)));
    }

    private void lookAfter(long nanos) {
        try {
            var unused = thread.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Did not look any more: the node stops", e);
        }
    }

    private void compare(String kind) {
        try {
            boolean observed = objects.kinds().stream()
                    .anyMatch(known -> known.name().equals(kind) && known instanceof ObservedKind);
            Map<ObjectKey, Integer> now = new HashMap<>();
            Map<ObjectKey, Integer> before = seen.put(kind, now);
            for (ObjectView view : all(kind)) {
                int state = observed
                        ? Objects.hash(view.spec(), view.status())
                        : view.status().hashCode();
                now.put(view.key(), state);
                Integer last = before == null ? Integer.valueOf(state) : before.get(view.key());
                // what is new in the state is told by the commit that made it
                if (last == null ? observed : last != state) {
                    told.put(view);
                }
            }
            if (observed && before != null) {
                Set<ObjectKey> gone = new HashSet<>(before.keySet());
                gone.removeAll(now.keySet());
                gone.forEach(told::gone);
            }
        } catch (ObjectException | RuntimeException e) {
            LOG.warn("Objects could not be looked at for those who watch them: kind={}", kind, e);
        }
    }

    private List<ObjectView> all(String kind) throws ObjectException {
        List<ObjectView> views = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            ObjectPage page = objects.list(EVERYTHING, new ObjectQuery(kind, List.of(), ObjectQuery.MAX_LIMIT, cursor));
            views.addAll(page.objects());
            cursor = page.next();
        } while (cursor.isPresent());
        return views;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
