package io.serai.objects.internal.index;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectCodec;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.BlobId;
import io.serai.api.state.Content;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.objects.internal.index.ObjectIndex.StoredObject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The specs of objects as they are kept, read once for each content. Thread-safe. */
public final class KeptSpecs {
    private static final int SPARE = 1000;

    private final ObjectCodec codec;
    private final Map<Read, Map<String, Object>> known = new ConcurrentHashMap<>();

    /** Reads with a codec. */
    public KeptSpecs(ObjectCodec codec) {
        this.codec = codec;
    }

    /** The spec depends on the name as well, which the file repeats. */
    private record Read(String kind, String name, BlobId blob) {}

    /**
     * Returns the spec of an object.
     *
     * @throws ObjectException {@code INVALID} if the file is not what it should be, {@code IO}
     */
    public Map<String, Object> of(ObjectKind kind, StoredObject object, Snapshot snapshot) throws ObjectException {
        Read read = new Read(kind.name(), object.key().name(), object.blob());
        Map<String, Object> spec = known.get(read);
        if (spec == null) {
            spec = read(kind, object, snapshot);
            known.put(read, spec);
        }
        return spec;
    }

    private Map<String, Object> read(ObjectKind kind, StoredObject object, Snapshot snapshot) throws ObjectException {
        Content content;
        try {
            content = snapshot.content(object.blob());
        } catch (StateException e) {
            throw new ObjectException(Reason.IO, "Cannot read " + object.key() + ": " + e.getMessage(), e);
        }
        return kind instanceof FileKind files
                ? files.read(object.key(), content, false)
                : codec.spec(object.path(), content);
    }

    /** Forgets what no object has any more, if that is much. */
    public void forgetAllBut(Set<BlobId> blobs) {
        if (known.size() > 2 * blobs.size() + SPARE) {
            known.keySet().removeIf(read -> !blobs.contains(read.blob()));
        }
    }
}
