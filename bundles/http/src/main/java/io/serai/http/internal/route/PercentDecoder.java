package io.serai.http.internal.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as in RFC 3986 (paths) and in the URL standard (forms, where {@code +} is a space). Strict. */
public final class PercentDecoder {
    private PercentDecoder() {}

    /**
     * Decodes a part of a path.
     *
     * @throws IllegalArgumentException if it is not encoded as UTF-8 in percent-encoding
     */
    static String segment(String raw, int from, int to) {
        return firstOf(raw, from, to, '%', '%') < 0
                ? raw.substring(from, to)
                : decode(raw, from, to, StandardCharsets.UTF_8, false);
    }

    /**
     * Decodes a name or a value of a form or a query.
     *
     * @throws IllegalArgumentException if it is not encoded so
     */
    public static String form(String raw, int from, int to, Charset charset) {
        return firstOf(raw, from, to, '%', '+') < 0 ? raw.substring(from, to) : decode(raw, from, to, charset, true);
    }

    private static int firstOf(String raw, int from, int to, char one, char other) {
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            if (c == one || c == other) {
                return i;
            }
        }
        return -1;
    }

    private static String decode(String raw, int from, int to, Charset charset, boolean plusIsSpace) {
        StringBuilder out = new StringBuilder(to - from);
        byte[] run = new byte[(to - from) / 3];
        int i = from;
        while (i < to) {
            char c = raw.charAt(i);
            if (c != '%') {
                out.append(plusIsSpace && c == '+' ? ' ' : c);
                i++;
                continue;
            }
            int length = 0;
            while (i < to && raw.charAt(i) == '%') {
                run[length] = octet(raw, i, to);
                length++;
                i += 3;
            }
            out.append(text(run, length, charset));
        }
        return out.toString();
    }

    private static byte octet(String raw, int at, int to) {
        int high = at + 2 < to ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = at + 2 < to ? Character.digit(raw.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("'" + raw.substring(at, Math.min(to, at + 3))
                    + "' is not percent-encoding; write % as %25, followed by two hexadecimal digits otherwise");
        }
        return (byte) (high << 4 | low);
    }

    private static CharSequence text(byte[] octets, int length, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, 0, length));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "Percent-encoded octets are not " + charset.name() + "; encode text so", e);
        }
    }
}
