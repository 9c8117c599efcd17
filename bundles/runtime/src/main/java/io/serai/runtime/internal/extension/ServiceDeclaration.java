package io.serai.runtime.internal.extension;

import io.serai.api.deploy.DeploymentException;
import io.serai.api.deploy.DeploymentException.Reason;
import io.serai.api.runtime.ServiceDescriptor;
import io.serai.api.service.ServiceInfo;
import io.serai.api.service.Workload;
import io.serai.runtime.internal.registry.ServiceOrigin;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * How a service is to be reached, as its annotation and its service properties say it.
 *
 * @param name its name
 * @param rest its REST channels
 * @param workload which bulkhead it runs in
 * @param timeout how long a call may take
 * @param description one sentence for people
 */
record ServiceDeclaration(String name, List<String> rest, Workload workload, Duration timeout, String description) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern REST = Pattern.compile("[A-Z]+ /\\S*");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Reads an annotation.
     *
     * @param subject what it is on, for messages
     */
    static ServiceDeclaration of(ServiceInfo info, String subject) throws DeploymentException {
        if (info.timeoutMillis() < 1) {
            throw invalid(subject + ": timeoutMillis of @ServiceInfo is " + info.timeoutMillis()
                    + "; give a number of milliseconds from 1");
        }
        return new ServiceDeclaration(
                        info.name(),
                        List.of(info.rest()),
                        info.workload(),
                        Duration.ofMillis(info.timeoutMillis()),
                        info.description())
                .checked(subject);
    }

    /**
     * Reads the properties of a registered service, and what they leave open from its annotation.
     *
     * @param subject what is registered, for messages
     */
    static ServiceDeclaration of(ServiceReference<?> reference, @Nullable ServiceInfo info, String subject)
            throws DeploymentException {
        List<String> rest = texts(reference.getProperty(ServiceInfo.REST));
        ServiceDeclaration base = info == null
                ? new ServiceDeclaration("", List.of(), Workload.NETWORK, DEFAULT_TIMEOUT, "")
                : of(info, subject);
        if (!(reference.getProperty(ServiceInfo.NAME) instanceof String name)) {
            if (info == null) {
                throw invalid(subject + " has no name; register it with the property " + ServiceInfo.NAME
                        + ", or annotate its class with @ServiceInfo");
            }
            return rest.isEmpty()
                    ? base
                    : base.with(base.name, rest, base.description).checked(subject);
        }
        String description =
                reference.getProperty(Constants.SERVICE_DESCRIPTION) instanceof String text ? text : base.description;
        return base.with(name, rest.isEmpty() ? base.rest : rest, description).checked(subject);
    }

    /** Puts together what is known of a service. */
    ServiceDescriptor describe(TypeArguments types, ServiceOrigin origin, String className) {
        return new ServiceDescriptor(
                name,
                description,
                rest,
                workload,
                timeout,
                types.input(),
                types.output(),
                origin.owner(),
                origin.bundleId(),
                className);
    }

    private ServiceDeclaration with(String newName, List<String> newRest, String newDescription) {
        return new ServiceDeclaration(newName, newRest, workload, timeout, newDescription);
    }

    private ServiceDeclaration checked(String subject) throws DeploymentException {
        if (!NAME.matcher(name).matches()) {
            throw invalid(subject + " is named '" + name
                    + "'; give it a name of letters, digits, dots, hyphens and underscores, at most 128");
        }
        for (String channel : rest) {
            if (!REST.matcher(channel).matches()) {
                throw invalid(subject + " states the REST channel '" + channel
                        + "'; write a method in capitals, a blank and a path, such as 'GET /orders/{id}'");
            }
        }
        return this;
    }

    static DeploymentException invalid(String message) {
        return new DeploymentException(Reason.INVALID, message, null);
    }

    private static List<String> texts(@Nullable Object property) {
        if (property instanceof String one) {
            return List.of(one);
        }
        if (property instanceof String[] several) {
            return List.of(several);
        }
        return property instanceof Collection<?> several
                ? several.stream().map(String::valueOf).toList()
                : List.of();
    }
}
