package io.serai.identity.internal.members;

import io.serai.api.state.BlobId;
import io.serai.api.state.Snapshot;
import io.serai.api.state.StateException;
import io.serai.api.state.StateException.Reason;
import io.serai.api.state.StatePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Finds the objects of a kind in the state. */
public final class StateObjects {
    private static final String SUFFIX = ".yaml";
    private static final int MAX_BYTES = 64 * 1024;

    private StateObjects() {}

    /** Returns the contents of a kind by name; those of groups and single nodes are not looked at. */
    public static Map<String, BlobId> of(Snapshot snapshot, String kind) {
        // all names begin with a letter or a digit, none of which comes before 0; and 0 comes after /
        StatePath from = StatePath.of("objects", kind, "0");
        StatePath to = new StatePath("objects/" + kind + "0");
        Map<String, BlobId> objects = new TreeMap<>();
        snapshot.files().subMap(from, to).forEach((path, blob) -> {
            if (path.segments().size() == 3 && path.value().endsWith(SUFFIX)) {
                objects.put(name(path), blob);
            }
        });
        return objects;
    }

    /** Returns the name of an object that the path of its file has. */
    public static String name(StatePath path) {
        String file = path.fileName();
        return file.substring(0, file.length() - SUFFIX.length());
    }

    /** Returns the text of an object. */
    public static String text(Snapshot snapshot, BlobId blob) throws StateException {
        try {
            var content = snapshot.content(blob);
            if (content.size() > MAX_BYTES) {
                throw new StateException(Reason.INVALID, "An object has " + content.size() + " bytes", null);
            }
            return new String(content.bytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StateException(Reason.IO, "Cannot read an object of the state: " + blob, e);
        }
    }
}
