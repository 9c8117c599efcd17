package io.serai.cluster.internal.message;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A message on the wire: the length of its header in four bytes, the header as JSON, and what belongs to it as it is, such
 * as a pack. A reader skips members of the header that it does not know, so that nodes of two versions understand each
 * other.
 *
 * @param header what is said
 * @param payload the bytes that belong to it; may be empty
 */
public record Frame<H>(H header, ByteBuffer payload) {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Makes a frame that is nothing but a header. */
    public static <H> Frame<H> of(H header) {
        return new Frame<>(header, NONE);
    }

    /** Returns it as bytes. */
    public byte[] encode() throws IOException {
        byte[] json = JSON.writeValueAsBytes(header);
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + json.length + payload.remaining());
        return bytes.putInt(json.length).put(json).put(payload.duplicate()).array();
    }

    /**
     * Reads one.
     *
     * @throws IOException if the bytes are none
     */
    public static <H> Frame<H> decode(Class<H> type, ByteBuffer bytes) throws IOException {
        if (bytes.remaining() < Integer.BYTES) {
            throw new IOException("A message of " + bytes.remaining() + " bytes has no header");
        }
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new IOException("A message claims a header of " + length + " bytes and has " + bytes.remaining());
        }
        byte[] json = new byte[length];
        bytes.get(json);
        return new Frame<>(JSON.readValue(json, type), bytes.slice());
    }

    /** Returns a copy of the bytes that belong to it. */
    public byte[] copyOfPayload() {
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        return copy;
    }
}
