package io.serai.camel.internal;

import io.serai.api.service.ServiceException;
import org.apache.camel.LoggingLevel;
import org.apache.camel.spi.CamelLogger;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.LoggerFactory;

/** Logs exchanges that fail, but not those that fail by a mistake of their caller, who is told. */
final class ExchangeFailureLogger extends CamelLogger {
    private static final int SERVER_ERROR = 500;

    ExchangeFailureLogger() {
        super(LoggerFactory.getLogger("io.serai.camel.routes"), LoggingLevel.ERROR);
    }

    @Override
    public void log(String message, Throwable exception) {
        log(message, exception, getLevel());
    }

    @Override
    public void log(String message, Throwable exception, LoggingLevel level) {
        ServiceException told = ObjectHelper.getException(ServiceException.class, exception);
        boolean mistakeOfCaller = told != null && told.reason().status() < SERVER_ERROR;
        super.log(message, exception, mistakeOfCaller ? LoggingLevel.DEBUG : level);
    }
}
