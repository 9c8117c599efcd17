package io.serai.runtime.internal.invocation;

import io.serai.api.service.ServiceException;
import io.serai.api.service.ServiceException.Reason;
import io.serai.runtime.internal.registry.ServiceInstance;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers are told of calls that fail for other reasons than the service gives, and what is logged. */
final class CallFailures {
    private static final Logger LOG = LoggerFactory.getLogger(CallFailures.class);

    /** Why no call is taken any more. */
    static final String STOPPED = "the runtime has stopped";

    private CallFailures() {}

    static ServiceException absent(String service) {
        return unavailable(service, "this node has no service of that name; service:list shows those it has");
    }

    static ServiceException unavailable(String service, String why) {
        return new ServiceException(Reason.UNAVAILABLE, "Service " + service + " cannot be called: " + why);
    }

    static ServiceException timeout(String service, long millis, boolean begun) {
        String what = begun ? " did not answer" : " found no room to begin";
        return new ServiceException(Reason.TIMEOUT, "Service " + service + what + " within " + millis + " ms");
    }

    static ServiceException noTimeLeft(String service) {
        return new ServiceException(
                Reason.TIMEOUT, "Service " + service + " was not called: the time of its caller is over");
    }

    static ServiceException tooDeep(String service, int depth) {
        return new ServiceException(
                Reason.FAILED,
                "Service " + service + " was not called: " + depth
                        + " services are within each other already; do they call each other in a circle?");
    }

    static ServiceException interrupted(String service) {
        return new ServiceException(Reason.UNAVAILABLE, cancelled(service));
    }

    static String cancelled(String service) {
        return "Service " + service + " was interrupted: its caller has gone";
    }

    /** Makes of what a service threw, and did not mean to, what its caller is told; logs the rest. */
    static ServiceException unexpected(
            ServiceCall call, ServiceInstance instance, Throwable cause, boolean interrupted) {
        String name = instance.name();
        String id = call.correlationId();
        if (interrupted) {
            LOG.debug("Service ended after it was interrupted: service={} correlationId={}", name, id, cause);
            return interrupted(name);
        }
        CorrelatedLogger.with(
                id,
                () -> LOG.error(
                        "Service failed: service={} owner={} correlationId={}",
                        name,
                        instance.origin().owner(),
                        id,
                        cause));
        return new ServiceException(
                Reason.FAILED, "Service " + name + " failed; see the log for correlation id " + id, null, cause);
    }

    /** Closes a stream that nobody will read. */
    static void closeDropped(InputStream answer, ServiceCall call) {
        try {
            answer.close();
        } catch (IOException e) {
            LOG.debug("Could not close an answer nobody waits for: service={}", call.serviceName(), e);
        }
    }
}
