package io.serai.camel.internal;

import io.serai.api.service.Context;
import org.jspecify.annotations.Nullable;

/** What answers the calls of a service that is a route. */
@FunctionalInterface
interface RouteTarget {

    /** Answers a call that the gate of the route has let in, and lets it leave when its answer has been read. */
    @Nullable Object call(@Nullable Object input, Context context) throws Exception;
}
