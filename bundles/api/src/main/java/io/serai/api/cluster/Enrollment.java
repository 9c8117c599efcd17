package io.serai.api.cluster;

import io.serai.api.state.StateException;
import org.osgi.annotation.versioning.ProviderType;

/** Lets nodes in that show a token. For what offers it to the network; nodes write and read the bytes themselves. */
@ProviderType
public interface Enrollment {

    /** The largest request, in bytes. */
    int MAX_REQUEST_BYTES = 16 * 1024;

    /**
     * Makes the sender a member.
     *
     * @param request what the new node sent, JSON
     * @param from the address it came from, for the audit log
     * @return what to answer, JSON: a secret of the cluster
     * @throws StateException {@code INVALID} if the request cannot be read, {@code NOT_FOUND} if its token is unknown,
     *     used or expired, {@code CONFLICT} if the name is taken
     */
    byte[] enroll(byte[] request, String from) throws StateException;
}
