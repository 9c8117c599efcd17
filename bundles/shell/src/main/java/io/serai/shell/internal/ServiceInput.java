package io.serai.shell.internal;

import io.serai.api.runtime.PayloadCodec;
import io.serai.api.runtime.ServiceDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was typed behind {@code service:invoke NAME}, as the input of the service.
 *
 * @param codec turns text into objects
 * @param service the service that is called
 */
record ServiceInput(PayloadCodec codec, ServiceDescriptor service) {
    private static final Pattern FIELD = Pattern.compile("([\\p{Alpha}_$][\\w$.-]*)=(.*)", Pattern.DOTALL);

    /**
     * Returns the input.
     *
     * @throws IllegalArgumentException if the service takes none, but there is one
     */
    @Nullable Object read(List<String> words) {
        Type type = service.input();
        String text = String.join(" ", words);
        if (type == Void.class) {
            if (!words.isEmpty()) {
                throw new IllegalArgumentException(
                        "Service " + service.name() + " takes no input; leave out '" + text + "'");
            }
            return null;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (type == String.class) {
            return text;
        }
        if (type == byte[].class) {
            return bytes;
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(bytes);
        }
        boolean fields = words.stream().allMatch(word -> FIELD.matcher(word).matches());
        return fields ? codec.fromValues(values(words), type) : codec.fromJson(new ByteArrayInputStream(bytes), type);
    }

    private static Map<String, Object> values(List<String> words) {
        Map<String, List<String>> values = words.stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.groupingBy(
                        pair -> pair[0], LinkedHashMap::new, Collectors.mapping(pair -> pair[1], Collectors.toList())));
        Map<String, Object> single = new LinkedHashMap<>();
        values.forEach((name, all) -> single.put(name, all.size() == 1 ? all.get(0) : all));
        return single;
    }
}
