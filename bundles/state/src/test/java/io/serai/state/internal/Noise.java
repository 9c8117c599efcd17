package io.serai.state.internal;

import io.serai.api.state.Content;
import java.io.InputStream;

/** Content that does not compress, is the same each time it is read, and takes no memory. */
record Noise(long size) implements Content {
    @Override
    public InputStream open() {
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return position < size ? at(position++) & 0xff : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int count = (int) Math.min(length, size - position);
                for (int i = 0; i < count; i++) {
                    buffer[offset + i] = at(position++);
                }
                return count == 0 && length > 0 ? -1 : count;
            }
        };
    }

    private static byte at(long position) {
        long mixed = (position + 1) * 0x9E3779B97F4A7C15L; // the step of SplitMix64
        return (byte) (((mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L) >>> 56);
    }
}
