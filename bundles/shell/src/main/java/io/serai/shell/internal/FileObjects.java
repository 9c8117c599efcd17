package io.serai.shell.internal;

import io.serai.api.object.FileKind;
import io.serai.api.object.ObjectKey;
import io.serai.api.object.ObjectKind;
import io.serai.api.state.StatePath;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which object a file of the state is.
 *
 * @param kinds all kinds
 */
record FileObjects(Collection<ObjectKind> kinds) {
    private static final Pattern LAYERED = Pattern.compile("(?:((?:groups|nodes)/[^/]+)/)?(.+)");
    private static final Pattern OBJECT = Pattern.compile("objects/([^/]+)/([^/]+)\\.yaml");

    /** Returns the object; empty if the file is that of none. */
    Optional<ObjectKey> at(StatePath path) {
        Matcher layered = LAYERED.matcher(path.value());
        if (!layered.matches()) {
            return Optional.empty();
        }
        String layer = layered.group(1) == null ? "" : layered.group(1);
        String relative = layered.group(2);
        Matcher object = OBJECT.matcher(relative);
        if (object.matches()) {
            return Optional.of(new ObjectKey(object.group(1), object.group(2), layer));
        }
        String folder = relative.contains("/") ? relative.substring(0, relative.lastIndexOf('/')) : "";
        String file = relative.substring(relative.lastIndexOf('/') + 1);
        return kinds.stream()
                .filter(FileKind.class::isInstance)
                .map(FileKind.class::cast)
                .filter(kind -> kind.folder().equals(folder))
                .flatMap(kind -> kind.objectName(file).stream().map(name -> new ObjectKey(kind.name(), name, layer)))
                .findFirst();
    }
}
