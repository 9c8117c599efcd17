package io.serai.objects.internal;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectAction;
import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.StatePath;
import java.util.Optional;

/** Where objects are in the state. */
public final class ObjectPaths {
    private static final String OBJECTS = "objects/";
    private static final String SUFFIX = ".yaml";

    private ObjectPaths() {}

    /** Returns the folder of a kind, relative to its layer. */
    public static String folder(ObjectKind kind) {
        return kind instanceof FileKind files ? files.folder() : OBJECTS + kind.name();
    }

    /**
     * Returns the path of an object, relative to its layer.
     *
     * @throws ObjectException {@code INVALID} if no object of the kind can have that name
     */
    static StatePath relative(ObjectKind kind, String name) throws ObjectException {
        String folder = folder(kind);
        String file = kind instanceof FileKind files ? files.fileName(name) : name + SUFFIX;
        return folder.isEmpty() ? new StatePath(file) : StatePath.of(folder, file);
    }

    /** Returns the path of an object in the tree. */
    static StatePath absolute(ObjectKind kind, ObjectKey key) throws ObjectException {
        StatePath relative = relative(kind, key.name());
        return key.layer().isEmpty() ? relative : StatePath.of(key.layer(), relative.value());
    }

    /**
     * Returns the path in the tree of the object that an action is done with, in the layer of its parameter {@code layer}.
     *
     * @throws ObjectException {@code INVALID} if there can be none
     */
    public static StatePath ofCall(ObjectKind kind, ObjectAction.Call call) throws ObjectException {
        String layer = call.text("layer").orElse("");
        try {
            return absolute(
                    kind, new ObjectKey(kind.name(), call.object().orElseThrow().name(), layer));
        } catch (IllegalArgumentException e) {
            throw new ObjectException(ObjectException.Reason.INVALID, String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the object that a file of the folder of a kind is. */
    public static Optional<String> objectName(ObjectKind kind, String fileName) {
        if (kind instanceof FileKind files) {
            return files.objectName(fileName);
        }
        return fileName.endsWith(SUFFIX) && fileName.length() > SUFFIX.length()
                ? Optional.of(fileName.substring(0, fileName.length() - SUFFIX.length()))
                : Optional.empty();
    }
}
