package io.serai.api.service;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A unit of integration logic: one request in, one answer out, the same for every channel that calls it.
 *
 * <p>A whole service is one file. Dropped into the deploy folder, it answers {@code GET /hello?name=Ann}:
 *
 * <pre>{@code
 * import io.serai.api.service.*;
 * import java.util.Optional;
 *
 * @ServiceInfo(name = "hello", rest = "GET /hello")
 * public class Hello implements Service<Hello.Query, Hello.Greeting> {
 *     public record Query(Optional<String> name) {}
 *     public record Greeting(String text) {}
 *
 *     public Greeting handle(Query query, Context context) {
 *         return new Greeting("Hello, " + query.name().orElse("world") + "!");
 *     }
 * }
 * }</pre>
 *
 * <p><b>Registration.</b> Put {@link ServiceInfo} on a public class with a public constructor without parameters; a bundle
 * may have many. Or register an OSGi service of this type (Declarative Services, Blueprint) with the property
 * {@value ServiceInfo#NAME} or that annotation.
 *
 * <p><b>Life.</b> One instance serves all calls, many at a time: keep state in thread-safe fields. The constructor runs at
 * deployment; if it throws, the deployment has failed and an earlier version goes on serving. An instance that is
 * {@link AutoCloseable} is closed after its last call when it is undeployed or replaced; what it held in memory is gone
 * then.
 *
 * <p><b>Types.</b> The runtime reads {@code I} and {@code O} off the class declaration, so write real types there, not type
 * variables. Records are read from and written as JSON, components by their names; records and lists in records are, too.
 * Each component of an input record is required, unless its type is {@link java.util.Optional} or it is annotated
 * {@code @Nullable} (JSpecify). A missing or ill-typed component is refused before {@link #handle} is called, with an
 * answer that names it: 400 over HTTP. What goes beyond types is checked by the service itself, which throws
 * {@link ServiceException#invalid}. The other types a service may use:
 *
 * <ul>
 *   <li>{@code byte[]} and {@link String}: the payload as it is; variables of the path and the query do not reach it;
 *   <li>{@link java.io.InputStream}: the payload as a stream, not held in memory; one that is returned is closed by the
 *       caller after the last byte was sent;
 *   <li>{@link Void}: no input; {@code null} as an answer means "no content";
 *   <li>{@code Map}, {@code List}, boxed primitives, enums and {@code java.time} types: as their JSON;
 *   <li>{@link Upload} as a component of an input record: a file of a multipart form.
 * </ul>
 *
 * <p><b>Tests.</b> A service is a plain object: make one, call {@link #handle} with a record and a {@link Context} of your
 * own, look at the answer.
 *
 * @param <I> the input
 * @param <O> the answer
 */
@ConsumerType
@FunctionalInterface
public interface Service<I, O> {

    /**
     * Answers one call. Called by many threads at a time; may block if the service is of {@link Workload#NETWORK}. The
     * thread is interrupted when the deadline of the call passes or the caller has gone.
     *
     * @param input the request, validated against the type {@code I}; never null unless {@code I} is {@link Void}
     * @param context what this call knows: caller, headers, deadline, other services
     * @return the answer; null for none
     * @throws ServiceException to tell the caller what is wrong, see {@link ServiceException.Reason}
     * @throws Exception any other failure; the caller is told only that the service failed, and the correlation id
     *     under which the cause is in the log
     */
    O handle(I input, Context context) throws Exception;
}
