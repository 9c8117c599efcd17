package io.serai.security.internal.audit;

import io.serai.api.object.ObjectException;
import io.serai.api.object.ObjectException.Reason;
import io.serai.api.object.ObjectQuery.Condition;
import io.serai.api.object.ObjectQuery.Operator;
import io.serai.api.security.AuditLog.Outcome;
import io.serai.security.internal.audit.AuditWire.Filter;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conditions of a query as a node's log is searched by. */
final class AuditFilter {
    private static final String SPEC = "spec.";
    private static final Set<String> FIELDS = Set.of("user", "action", "object", "outcome", "since", "until");
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");
    private static final String KNOWN =
            "; the audit log is filtered by user=, action=, outcome=, object~ (a part of it), since= and until="
                    + " (2026-01-31T12:00:00Z, or 90s, 15m, 2h, 7d ago)";

    private final Map<String, String> values = new HashMap<>();
    private final Instant now;

    /** Reads conditions, of which each field has one. */
    AuditFilter(List<Condition> conditions, Instant now) throws ObjectException {
        this.now = now;
        for (Condition condition : conditions) {
            String field =
                    condition.field().startsWith(SPEC) ? condition.field().substring(SPEC.length()) : condition.field();
            boolean part = field.equals("object") && condition.operator() == Operator.CONTAINS;
            if (!FIELDS.contains(field) || !(part || condition.operator() == Operator.IS)) {
                throw invalid("Cannot filter by " + condition.field() + " so" + KNOWN, null);
            }
            if (values.put(field, condition.value()) != null) {
                throw invalid("Cannot filter by " + field + " twice" + KNOWN, null);
            }
        }
    }

    /** Returns what to ask nodes for. */
    Filter filter(Optional<Instant> notAfter, int limit) throws ObjectException {
        Optional<Instant> until = time("until");
        Optional<Instant> end = notAfter.map(last -> last.plusNanos(1)); // several may have that time
        boolean earlier = end.isPresent() && until.filter(end.get()::isAfter).isEmpty();
        return new Filter(
                values.get("user"),
                values.get("action"),
                values.get("object"),
                outcome(),
                time("since").map(Instant::toString).orElse(null),
                (earlier ? end : until).map(Instant::toString).orElse(null),
                limit);
    }

    private @Nullable Outcome outcome() throws ObjectException {
        String value = values.get("outcome");
        try {
            return value == null ? null : Outcome.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw invalid("There is no such outcome; use DONE, REFUSED or FAILED", e);
        }
    }

    private Optional<Instant> time(String field) throws ObjectException {
        String value = values.get(field);
        if (value == null) {
            return Optional.empty();
        }
        Matcher ago = AGO.matcher(value);
        if (ago.matches()) {
            long number = Long.parseLong(ago.group(1));
            Duration duration =
                    switch (ago.group(2)) {
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    };
            return Optional.of(now.minus(duration));
        }
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeParseException e) {
            throw invalid("The value of " + field + " is no time" + KNOWN, e);
        }
    }

    static ObjectException invalid(String message, @Nullable Throwable cause) {
        return new ObjectException(Reason.INVALID, message, cause);
    }
}
