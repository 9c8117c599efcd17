package io.serai.secrets.internal.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values as UTF-8, without a copy that nobody could overwrite. */
public final class ClearText {
    private static final int MAX_BYTES_OF_CHARACTER = 3;

    private ClearText() {}

    /** Returns the bytes of a value. */
    static byte[] encode(char[] value) {
        byte[] room = new byte[value.length * MAX_BYTES_OF_CHARACTER];
        ByteBuffer bytes = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(value), bytes, true);
        byte[] encoded = Arrays.copyOf(room, bytes.position());
        Arrays.fill(room, (byte) 0);
        return encoded;
    }

    /**
     * Returns the value of bytes.
     *
     * @throws CharacterCodingException if they are no UTF-8
     */
    public static char[] decode(byte[] bytes) throws CharacterCodingException {
        char[] room = new char[bytes.length];
        CharBuffer value = CharBuffer.wrap(room);
        var result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes), value, true);
        if (result.isError()) {
            result.throwException();
        }
        char[] decoded = Arrays.copyOf(room, value.position());
        Arrays.fill(room, '\0');
        return decoded;
    }
}
