package io.serai.http.internal.exchange;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.jspecify.annotations.Nullable;

/** Reading {@code Content-Type} and {@code Accept} (RFC 9110, sections 8.3 and 12.5.1). */
final class MediaTypes {
    static final String JSON = "application/json";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String MULTIPART = "multipart/form-data";

    private MediaTypes() {}

    /** Returns the type without its parameters, in lower case; empty if there is none. */
    static String base(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int semicolon = contentType.indexOf(';');
        String base = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return base.strip().toLowerCase(Locale.ROOT);
    }

    static boolean isJson(String base) {
        return base.equals(JSON) || base.endsWith("+json");
    }

    /** Returns the charset of a body; UTF-8 if none is given. */
    static Charset charset(@Nullable String contentType) {
        String name = contentType == null ? null : MimeTypes.getCharsetFromContentType(contentType);
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw ProblemException.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE_415,
                    "unsupported-type",
                    "The charset '" + name + "' is not known; send the body in UTF-8");
        }
    }

    /** Returns whether a type is one of a list that may have {@code text/*} and {@code *}{@code /*}. */
    static boolean isAmong(String base, List<String> accepted) {
        for (String type : accepted) {
            boolean all = type.equals("*/*");
            boolean subtypes = type.endsWith("/*") && base.startsWith(type.substring(0, type.length() - 1));
            if (all || subtypes || type.equalsIgnoreCase(base)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a client takes JSON: the most specific range that covers it decides. */
    static boolean acceptsJson(HttpFields headers) {
        int rank = -1;
        boolean accepted = true;
        for (HttpField field : headers) {
            if (field.getHeader() != HttpHeader.ACCEPT) {
                continue;
            }
            String value = field.getValue();
            if (value == null || value.isBlank() || value.equals("*/*") || value.equals(JSON)) {
                return true;
            }
            for (String range : value.split(",", -1)) {
                int found = rank(range);
                if (found > rank) {
                    rank = found;
                    accepted = isPositive(range);
                }
            }
            // a client that names ranges, none of which covers JSON, does not take it
            accepted &= rank >= 0;
        }
        return accepted;
    }

    private static int rank(String range) {
        return switch (base(range)) {
            case "*/*" -> 0;
            case "application/*" -> 1;
            case JSON -> 2;
            default -> -1;
        };
    }

    private static boolean isPositive(String range) {
        int at = range.indexOf("q=");
        if (at < 0) {
            return true;
        }
        int end = range.indexOf(';', at);
        String quality = range.substring(at + 2, end < 0 ? range.length() : end).strip();
        try {
            return Float.parseFloat(quality) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
