package io.serai.objects.internal;

import io.serai.api.object.ObjectQuery.Condition;
import io.serai.api.object.ObjectQuery.Operator;
import io.serai.api.object.ObjectView;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Whether objects meet conditions. */
final class Conditions {
    private Conditions() {}

    static boolean met(ObjectView object, List<Condition> conditions) {
        return conditions.stream().allMatch(condition -> met(object, condition));
    }

    private static boolean met(ObjectView object, Condition condition) {
        List<String> path = List.of(condition.field().split("\\.", -1));
        Stream<String> values = values(object, path);
        return condition.operator() == Operator.NOT
                ? values.noneMatch(condition.value()::equals)
                : values.anyMatch(value -> meets(value, condition));
    }

    private static boolean meets(String value, Condition condition) {
        return condition.operator() == Operator.IS
                ? value.equals(condition.value())
                : value.toLowerCase(Locale.ROOT).contains(condition.value().toLowerCase(Locale.ROOT));
    }

    private static Stream<String> values(ObjectView object, List<String> path) {
        return switch (path.get(0)) {
            case "name" -> Stream.of(object.key().name());
            case "layer" -> Stream.of(object.key().layer());
            case "spec" -> values(object.spec(), path.subList(1, path.size()));
            case "status" -> values(object.status(), path.subList(1, path.size()));
            default -> Stream.of();
        };
    }

    private static Stream<String> values(Object value, List<String> path) {
        if (value instanceof Collection<?> items) {
            return items.stream().flatMap(item -> values(item, path));
        }
        if (path.isEmpty()) {
            return Stream.of(String.valueOf(value));
        }
        Object field = value instanceof Map<?, ?> map ? map.get(path.get(0)) : null;
        return field == null ? Stream.of() : values(field, path.subList(1, path.size()));
    }
}
