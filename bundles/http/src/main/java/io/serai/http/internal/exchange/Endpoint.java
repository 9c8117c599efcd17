package io.serai.http.internal.exchange;

import io.serai.http.internal.channel.Target;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What this server answers itself: health, the description of its channels. */
public interface Endpoint extends Target {

    /** Answers a request, and completes the callback. */
    void answer(Response response, Callback callback);

    @Override
    default String origin() {
        return SERVER;
    }
}
