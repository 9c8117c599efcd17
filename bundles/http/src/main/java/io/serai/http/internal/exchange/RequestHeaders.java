package io.serai.http.internal.exchange;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, by their names in lower case: copied when a service asks for the first, as most never do.
 * Once the request has ended they can no longer be copied, since Jetty uses its fields again for the next request of the
 * connection; whoever asks then for the first time sees none.
 */
final class RequestHeaders extends AbstractMap<String, List<String>> {
    private final Object lock = new Object();
    private @Nullable HttpFields source; // guarded by lock
    private volatile @Nullable Map<String, List<String>> copy;

    RequestHeaders(HttpFields source) {
        this.source = source;
    }

    /** Lets go of the request. */
    void close() {
        synchronized (lock) {
            source = null;
        }
    }

    @Override
    public Set<Map.Entry<String, List<String>>> entrySet() {
        return copied().entrySet();
    }

    @Override
    public @Nullable List<String> get(@Nullable Object key) {
        return copied().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return copied().containsKey(key);
    }

    private Map<String, List<String>> copied() {
        Map<String, List<String>> done = copy;
        if (done != null) {
            return done;
        }
        synchronized (lock) {
            HttpFields fields = source;
            Map<String, List<String>> made = fields == null ? Map.of() : copyOf(fields);
            copy = made;
            source = null;
            return made;
        }
    }

    private static Map<String, List<String>> copyOf(HttpFields fields) {
        Map<String, List<String>> lists = new HashMap<>();
        for (HttpField field : fields) {
            String value = field.getValue();
            lists.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(value == null ? "" : value);
        }
        lists.replaceAll((name, values) -> List.copyOf(values));
        return Map.copyOf(lists);
    }
}
