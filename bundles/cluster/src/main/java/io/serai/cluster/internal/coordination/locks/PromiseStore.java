package io.serai.cluster.internal.coordination.locks;

import java.io.IOException;
import java.util.OptionalLong;

/** Keeps a number over a restart. */
public interface PromiseStore {

    /** Returns the number; empty if none was ever written. */
    OptionalLong read() throws IOException;

    /** Writes a number; it is on the disk when this returns. */
    void write(long number) throws IOException;
}
