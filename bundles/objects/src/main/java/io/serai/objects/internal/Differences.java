package io.serai.objects.internal;

import io.serai.api.object.ObjectResult.Difference;
import io.serai.objects.internal.schema.KindSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In which fields two specs differ. */
final class Differences {
    private Differences() {}

    static List<Difference> between(Map<String, Object> before, Map<String, Object> after) {
        List<Difference> differences = new ArrayList<>();
        compare("/spec", before, after, differences);
        return differences;
    }

    private static void compare(
            String pointer, @Nullable Object before, @Nullable Object after, List<Difference> differences) {
        if (before instanceof Map<?, ?> left && after instanceof Map<?, ?> right) {
            TreeSet<String> keys = new TreeSet<>();
            left.keySet().forEach(key -> keys.add(String.valueOf(key)));
            right.keySet().forEach(key -> keys.add(String.valueOf(key)));
            for (String key : keys) {
                compare(pointer + "/" + KindSchema.escape(key), left.get(key), right.get(key), differences);
            }
        } else if (before == null || !before.equals(after)) {
            differences.add(new Difference(pointer, Optional.ofNullable(before), Optional.ofNullable(after)));
        }
    }
}
