package io.serai.shell.internal;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.support.CommandException;

/**
 * Lets options stand behind arguments, as people type them. Karaf takes everything behind the first argument for an
 * argument; each command therefore ends in a multi-valued one, from which the options are picked here.
 */
public final class TrailingOptions {

    /** The name of the argument that only exists for options to stand there. */
    public static final String OPTIONS = "options";

    private TrailingOptions() {}

    /** Moves what Karaf took for arguments of a command, but are options, to where they belong. */
    static void apply(Action action) throws CommandException, ReflectiveOperationException {
        List<String> rest = new ArrayList<>();
        Iterator<String> words = words(action).iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.startsWith("--")) {
                setOption(action, word, words);
            } else {
                rest.add(word);
            }
        }
        for (Field field : arguments(action)) {
            boolean multiValued = field.getAnnotation(Argument.class).multiValued();
            int count = multiValued ? rest.size() : Math.min(1, rest.size());
            List<String> values = List.copyOf(rest.subList(0, count));
            rest = rest.subList(count, rest.size());
            if (multiValued && field.getAnnotation(Argument.class).name().equals(OPTIONS) && !values.isEmpty()) {
                throw SeraiCommand.failure("Too many arguments, from '" + values.get(0) + "' on; see --help");
            }
            field.set(action, multiValued ? values : values.isEmpty() ? null : values.get(0));
        }
    }

    private static List<String> words(Action action) throws ReflectiveOperationException {
        List<String> words = new ArrayList<>();
        for (Field field : arguments(action)) {
            Object value = field.get(action);
            if (value instanceof List<?> values) {
                values.forEach(each -> words.add(each.toString()));
            } else if (value != null) {
                words.add(value.toString());
            }
        }
        return words;
    }

    private static void setOption(Action action, String word, Iterator<String> following)
            throws CommandException, ReflectiveOperationException {
        String name = word.replaceFirst("=.*", "");
        Optional<Field> field = fields(action)
                .filter(each -> each.isAnnotationPresent(Option.class)
                        && each.getAnnotation(Option.class).name().equals(name))
                .findFirst();
        if (field.isEmpty()) {
            throw SeraiCommand.failure("There is no option " + name + "; see --help");
        }
        if (field.get().getType() == boolean.class) {
            field.get().setBoolean(action, true);
        } else if (name.length() < word.length()) {
            setValue(action, field.get(), word.substring(name.length() + 1));
        } else if (following.hasNext()) {
            setValue(action, field.get(), following.next());
        } else {
            throw SeraiCommand.failure("Option " + name + " lacks its value; see --help");
        }
    }

    private static void setValue(Action action, Field field, String value) throws IllegalAccessException {
        field.set(action, field.getType() == List.class ? with((List<?>) field.get(action), value) : value);
    }

    private static List<Object> with(List<?> values, String value) {
        List<Object> all = new ArrayList<>(values);
        all.add(value);
        return all;
    }

    private static List<Field> arguments(Action action) {
        return fields(action)
                .filter(field -> field.isAnnotationPresent(Argument.class))
                .sorted(Comparator.comparingInt(
                        field -> field.getAnnotation(Argument.class).index()))
                .toList();
    }

    private static Stream<Field> fields(Action action) {
        Stream<Class<?>> classes =
                Stream.iterate(action.getClass(), type -> type != Object.class, Class::getSuperclass);
        // as Karaf does, which fills fields that are not public
        return classes.flatMap(type -> Arrays.stream(type.getDeclaredFields())).filter(Field::trySetAccessible);
    }
}
