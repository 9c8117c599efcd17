package io.serai.security.internal.password;

/**
 * What hashing a password takes. The bounds hold for hashes that the state has, too: somebody who may change users must not be
 * able to have a login take all of the memory.
 *
 * @param memoryKib the memory, in KiB
 * @param iterations how often it is gone over
 * @param lanes in how many parts
 */
public record HashCost(int memoryKib, int iterations, int lanes) {
    /** The least memory: of Argon2, for each lane, 8; but no less than is worth the name. */
    public static final int MIN_MEMORY_KIB = 7_168;

    /** The most memory, which a node with a small heap can still spare once. */
    public static final int MAX_MEMORY_KIB = 65_536;

    /** The most iterations. */
    public static final int MAX_ITERATIONS = 20;

    /** The most lanes. */
    public static final int MAX_LANES = 4;

    /** Returns whether a login can be expected to take this. */
    boolean isBearable() {
        return memoryKib >= MIN_MEMORY_KIB
                && memoryKib <= MAX_MEMORY_KIB
                && iterations >= 1
                && iterations <= MAX_ITERATIONS
                && lanes >= 1
                && lanes <= MAX_LANES;
    }
}
