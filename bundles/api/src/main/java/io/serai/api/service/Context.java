package io.serai.api.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ProviderType;
import org.slf4j.Logger;

/**
 * What one call of a service knows and may use. Valid until {@link Service#handle} has returned, on any thread, unless a
 * method says otherwise.
 *
 * <p>Calling other services, one after the other or at the same time:
 *
 * <pre>{@code
 * Customer customer = context.invoke("customers.get", Map.of("id", order.customer()), Customer.class);
 *
 * Map<String, Outcome> outcomes = context.invokeAll(
 *         Map.of(
 *                 "stock", new Context.Call("stock.get", order, Stock.class),
 *                 "price", new Context.Call("prices.get", order, Price.class)),
 *         Duration.ofSeconds(2));
 * Price price = (Price) outcomes.get("price").get(); // throws if that call failed
 * }</pre>
 */
@ProviderType
public interface Context {

    /** Returns the name of the service that is called. */
    String serviceName();

    /** Returns the id that follows a request through all services, nodes and logs it touches. */
    String correlationId();

    /** Returns who called: the channel's caller, also in a service that was called by another service. */
    Caller caller();

    /** Returns the time left until the deadline of this call; zero if it has passed. */
    Duration timeLeft();

    /**
     * Returns the first header of that name which came with the request.
     *
     * @param name case does not matter
     */
    Optional<String> header(String name);

    /** Returns all headers that came with the request: unmodifiable, keys in lower case, values in their order. */
    Map<String, List<String>> headers();

    /**
     * Returns what the services of one request leave for each other: thread-safe, mutable, shared with the services that
     * this one calls, never sent to the outside.
     */
    Map<String, Object> attributes();

    /** Returns what goes back with the answer. */
    Reply reply();

    /** Returns the logger of this service; the correlation id is added to each line. */
    Logger logger();

    /**
     * Calls another service and waits for its answer, at most until the deadline of this call.
     *
     * @param service the name of the service
     * @param input an object of its input type, or one whose JSON has the same shape: a record of one's own, a map. The
     *     two services need not share a class, and may be in different bundles
     * @param answerType what the answer is wanted as: its own class if visible here, otherwise one of the same shape
     * @return the answer; null if the service gave none
     * @throws ServiceException what the other service threw; {@link ServiceException.Reason#UNAVAILABLE} if there is no
     *     such service or its bulkhead is full, {@link ServiceException.Reason#TIMEOUT} if the time is over. Not caught, it
     *     is the failure of this call, too
     */
    <O> O invoke(String service, Object input, Class<O> answerType);

    /**
     * Calls another service without waiting. The call counts against its own bulkhead and the deadline of this one.
     *
     * @param service as for {@link #invoke}
     * @param input as for {@link #invoke}
     * @param answerType as for {@link #invoke}
     * @return completes with the answer, or exceptionally with the {@link ServiceException}; cancelling it interrupts the
     *     call
     */
    <O> CompletableFuture<O> invokeAsync(String service, Object input, Class<O> answerType);

    /**
     * Calls services at the same time and waits until all have answered or the time is over, whichever is first.
     *
     * @param calls what to call, by a key of one's choice
     * @param timeout how long to wait; no longer than {@link #timeLeft()} in any case
     * @return an outcome for each key, in the order of the keys; calls that had no time left are interrupted and have
     *     failed with {@link ServiceException.Reason#TIMEOUT}
     */
    Map<String, Outcome> invokeAll(Map<String, Call> calls, Duration timeout);

    /**
     * One call of {@link #invokeAll}.
     *
     * @param service the name of the service
     * @param input as for {@link #invoke}
     * @param answerType as for {@link #invoke}
     */
    record Call(String service, Object input, Class<?> answerType) {}
}
