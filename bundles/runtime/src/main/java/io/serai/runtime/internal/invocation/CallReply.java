package io.serai.runtime.internal.invocation;

import io.serai.api.runtime.InvocationResult;
import io.serai.api.service.Reply;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a service sends with its answer; made only for services that ask for it. */
final class CallReply implements Reply {
    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;

    /** The characters of a token besides letters and digits (RFC 9110, section 5.6.2). */
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    private int status;
    private @Nullable Map<String, String> headers;

    @Override
    public Reply status(int newStatus) {
        if (newStatus < MIN_STATUS || newStatus > MAX_STATUS) {
            throw new IllegalArgumentException(
                    "Status " + newStatus + " of a reply is not within " + MIN_STATUS + " to " + MAX_STATUS);
        }
        status = newStatus;
        return this;
    }

    @Override
    public Reply header(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(CallReply::isTokenCharacter)) {
            throw new IllegalArgumentException("Header name '" + name + "' of a reply is not a token of RFC 9110");
        }
        if (value.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("The value of header " + name + " of a reply has a line break");
        }
        if (headers == null) {
            headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }
        headers.remove(name); // a map without regard to case would keep the first spelling of the name
        headers.put(name, value);
        return this;
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }

    InvocationResult with(@Nullable Object value) {
        return new InvocationResult(value, status, headers == null ? Map.of() : headers);
    }
}
