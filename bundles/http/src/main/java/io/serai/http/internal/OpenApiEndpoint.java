package io.serai.http.internal;

import io.serai.api.runtime.PayloadCodec;
import io.serai.http.internal.channel.ChannelTable;
import io.serai.http.internal.exchange.Endpoint;
import io.serai.http.internal.openapi.OpenApiDocument;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Serves the OpenAPI document of all channels, which is made when it is asked for after channels have changed. */
final class OpenApiEndpoint implements Endpoint {
    private final ChannelTable channels;
    private final PayloadCodec codec;
    private final String node;
    private volatile Rendered latest = new Rendered(-1, ByteBuffer.allocate(0));

    private record Rendered(long version, ByteBuffer json) {}

    OpenApiEndpoint(ChannelTable channels, PayloadCodec codec, String node) {
        this.channels = channels;
        this.codec = codec;
        this.node = node;
    }

    @Override
    public void answer(Response response, Callback callback) {
        ByteBuffer json = rendered().json().slice();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.remaining());
        response.setStatus(HttpStatus.OK_200);
        response.write(true, json, callback);
    }

    private Rendered rendered() {
        long version = channels.version();
        Rendered known = latest;
        if (known.version() == version) {
            return known;
        }
        byte[] json = codec.toJson(OpenApiDocument.of(channels.channels(), codec, node));
        Rendered made = new Rendered(version, ByteBuffer.wrap(json).asReadOnlyBuffer());
        latest = made;
        return made;
    }
}
