package io.serai.http.internal.exchange;

import io.serai.http.internal.route.PercentDecoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Named values of one source: a query, a form, the parts of a multipart body. A name that comes once has its value, one
 * that comes more often the list of its values.
 */
final class FormValues {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final int limit;
    private int count;

    FormValues(int limit) {
        this.limit = limit;
    }

    /** Reads {@code a=1&b=2}. */
    static Map<String, Object> parse(String encoded, Charset charset, int limit) {
        FormValues values = new FormValues(limit);
        int from = 0;
        while (from <= encoded.length()) {
            int ampersand = encoded.indexOf('&', from);
            int to = ampersand < 0 ? encoded.length() : ampersand;
            if (to > from) {
                values.addPair(encoded, from, to, charset);
            }
            from = to + 1;
        }
        return values.values;
    }

    Map<String, Object> values() {
        return values;
    }

    void add(String name, Object value) {
        if (++count > limit) {
            throw ProblemException.of(
                    HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "too-large",
                    "The request has more than " + limit + " fields; send fewer");
        }
        Object earlier = values.putIfAbsent(name, value);
        if (earlier instanceof List<?> list) {
            List<Object> longer = new ArrayList<>(list);
            longer.add(value);
            values.put(name, longer);
        } else if (earlier != null) {
            values.put(name, List.of(earlier, value));
        }
    }

    private void addPair(String encoded, int from, int to, Charset charset) {
        int equals = encoded.indexOf('=', from);
        int end = equals < 0 || equals > to ? to : equals;
        String name;
        String value;
        try {
            name = PercentDecoder.form(encoded, from, end, charset);
            value = end == to ? "" : PercentDecoder.form(encoded, end + 1, to, charset);
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(HttpStatus.BAD_REQUEST_400, "invalid", String.valueOf(e.getMessage()));
        }
        add(name, value);
    }
}
