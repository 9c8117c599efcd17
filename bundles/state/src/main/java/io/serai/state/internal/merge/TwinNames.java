package io.serai.state.internal.merge;

import io.serai.api.state.StatePath;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names that are one and the same on a file system which ignores case or composes characters. */
public final class TwinNames {
    private TwinNames() {}

    /** Two files that cannot stand beside each other; {@code one} comes first. */
    public record Pair(StatePath one, StatePath other) {}

    private record Seen(String spelling, boolean folder, StatePath path) {}

    /** Returns what all spellings of a name have in common. */
    public static String fold(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns two files of which one is at the name of the other, or of a folder that the other is in, or in a folder of
     * that name spelt otherwise; empty if there are none.
     *
     * @param paths in their order
     */
    public static Optional<Pair> find(Collection<StatePath> paths) {
        Map<String, Seen> seen = new HashMap<>();
        for (StatePath path : paths) {
            List<String> segments = path.segments();
            StringBuilder prefix = new StringBuilder();
            for (int i = 0; i < segments.size(); i++) {
                prefix.append(i == 0 ? "" : "/").append(segments.get(i));
                Seen now = new Seen(prefix.toString(), i < segments.size() - 1, path);
                Seen before = seen.putIfAbsent(fold(now.spelling()), now);
                if (before != null
                        && !(before.folder()
                                && now.folder()
                                && before.spelling().equals(now.spelling()))) {
                    return Optional.of(new Pair(before.path(), path));
                }
            }
        }
        return Optional.empty();
    }
}
