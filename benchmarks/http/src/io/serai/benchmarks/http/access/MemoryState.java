package io.serai.benchmarks.http.access;

import io.serai.api.state.BlobId;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.Entry;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state that does not move. Requests do not ask for it; what guards channels has read it before. */
final class MemoryState implements Snapshot {
    private static final CommitId COMMIT = new CommitId("0".repeat(40));

    private final SortedMap<StatePath, BlobId> files = new TreeMap<>();
    private final Map<BlobId, Content> contents = new HashMap<>();

    void put(StatePath path, Content content) {
        BlobId blob = new BlobId(String.format("%040x", files.size()));
        files.put(path, blob);
        contents.put(blob, content);
    }

    /** Returns a repository that knows nothing but its head. */
    StateRepository repository() {
        return (StateRepository) Proxy.newProxyInstance(
                StateRepository.class.getClassLoader(),
                new Class<?>[] {StateRepository.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "head" -> this;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public CommitId commit() {
        return COMMIT;
    }

    @Override
    public SortedMap<StatePath, BlobId> files() {
        return files;
    }

    @Override
    public SortedMap<StatePath, Entry> effective() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Content> content(StatePath path) {
        return Optional.ofNullable(files.get(path)).map(contents::get);
    }

    @Override
    public Content content(BlobId blob) {
        return contents.get(blob);
    }
}
