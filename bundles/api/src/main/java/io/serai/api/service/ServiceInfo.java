package io.serai.api.service;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;

/**
 * Declares a class to be a {@link Service} and says how it is reached:
 * {@code @ServiceInfo(name = "orders.get", rest = "GET /orders/{id}")}.
 *
 * <p>When bnd builds the bundle (its Maven and Gradle plugins, maven-bundle-plugin, and Serai itself for plain jars and
 * {@code .java} files), each annotated class becomes a capability of the name space {@value #NAMESPACE} in the
 * manifest, which is where the runtime finds it without scanning classes.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Capability(namespace = ServiceInfo.NAMESPACE, attribute = "class=${@class}")
public @interface ServiceInfo {

    /** The name space of the capability that declares a service class; its attribute {@code class} names the class. */
    String NAMESPACE = "io.serai.service";

    /** The service property that names a service registered with the OSGi service registry. */
    String NAME = "serai.service.name";

    /** The service property for {@link #rest()} of a service registered with the OSGi service registry. */
    String REST = "serai.service.rest";

    /**
     * The service property by which a bundle that registers a service on behalf of an artifact names that artifact, such
     * as {@code deploy/orders.camel.yaml} for a route; by default the owner is the bundle that registers the service.
     */
    String OWNER = "serai.service.owner";

    /**
     * Returns the name other services, routes and channels call it by: letters, digits, dots, hyphens and underscores,
     * at most 128 characters. Unique on a node: an artifact with a name that another has fails, and the other goes on
     * serving. By custom {@code <domain>.<verb>}, such as {@code orders.get}.
     */
    String name();

    /**
     * Returns the REST channels that lead here, each a method, a space and a path template: {@code "GET /orders/{id}"}.
     * None by default: then only other services, routes and the shell call it.
     *
     * <p>Variables of the path, parameters of the query and members of a JSON or form body fill the components of the
     * input record that have their names; path wins over query, query over body. A parameter that is there more than once
     * fills a {@code List}.
     *
     * <p>A variable matches one segment; {@code {id:int}}, {@code {id:long}} and {@code {id:uuid}} match only such a
     * segment, and {@code {rest:path}} at the end all that remains. Two channels that claim the same requests are a
     * conflict: the artifact that comes second fails.
     */
    String[] rest() default {};

    /** Returns which bulkhead the calls run in. */
    Workload workload() default Workload.NETWORK;

    /**
     * Returns how long a call may take when the caller sets no deadline, in milliseconds from 1; 30 seconds by default.
     * After that the caller gets {@link ServiceException.Reason#TIMEOUT} and the thread of the service is interrupted.
     */
    long timeoutMillis() default 30_000;

    /** Returns one sentence for people: shown in lists and in the OpenAPI document. */
    String description() default "";
}
