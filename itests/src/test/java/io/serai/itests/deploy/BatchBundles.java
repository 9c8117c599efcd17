package io.serai.itests.deploy;

import java.util.Arrays;

/** A thousand bundles with a service each, compiled in one go. */
final class BatchBundles {
    private static final int COUNT = 1000;
    private static final byte[][] JARS = TestBundle.jars(
            COUNT, i -> TestBundle.bundle("batch.B" + i, "1.0.0").service("Batch" + i, "batch" + i, "answer " + i));

    private BatchBundles() {}

    /** Returns the bundle whose service answers {@code GET /batch<number>}. */
    static byte[] jar(int number) {
        return Arrays.copyOf(JARS[number], JARS[number].length);
    }
}
