package io.serai.runtime.internal.invocation;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.LocationAwareLogger;

/**
 * Adds the correlation id to each line, on any thread, for the time the line takes: a call that logs nothing pays nothing,
 * and no thread keeps the id of a call that has ended.
 */
final class CorrelatedLogger extends AbstractLogger {
    static final String KEY = "correlationId";

    private static final long serialVersionUID = 1L;

    private final transient Logger target;
    private final String correlationId;

    CorrelatedLogger(Logger target, String correlationId) {
        this.name = target.getName();
        this.target = target;
        this.correlationId = correlationId;
    }

    /** Runs something with the correlation id in the context of what the thread logs. */
    static void with(String correlationId, Runnable action) {
        String before = MDC.get(KEY);
        MDC.put(KEY, correlationId);
        try {
            action.run();
        } finally {
            if (before == null) {
                MDC.remove(KEY);
            } else {
                MDC.put(KEY, before);
            }
        }
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return AbstractLogger.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String message,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        with(correlationId, () -> {
            if (target instanceof LocationAwareLogger located) {
                located.log(marker, getFullyQualifiedCallerName(), level.toInt(), message, arguments, failure);
            } else {
                target.atLevel(level).setCause(failure).log(message, arguments);
            }
        });
    }

    @Override
    public boolean isTraceEnabled() {
        return target.isTraceEnabled();
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return target.isTraceEnabled(marker);
    }

    @Override
    public boolean isDebugEnabled() {
        return target.isDebugEnabled();
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return target.isDebugEnabled(marker);
    }

    @Override
    public boolean isInfoEnabled() {
        return target.isInfoEnabled();
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return target.isInfoEnabled(marker);
    }

    @Override
    public boolean isWarnEnabled() {
        return target.isWarnEnabled();
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return target.isWarnEnabled(marker);
    }

    @Override
    public boolean isErrorEnabled() {
        return target.isErrorEnabled();
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return target.isErrorEnabled(marker);
    }
}
