package io.serai.http.internal.channel;

import io.serai.api.object.ObjectCodec;
import io.serai.objects.internal.Kinds;
import io.serai.objects.internal.text.TextCodec;

/** Reads channels as a node does. */
public final class TestCodec {
    private TestCodec() {}

    /** Makes one that knows REST channels. */
    public static ObjectCodec create() {
        Kinds kinds = new Kinds();
        kinds.add(new RestChannelKind());
        return new TextCodec(kinds);
    }
}
