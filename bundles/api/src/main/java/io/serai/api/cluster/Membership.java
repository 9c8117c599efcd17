package io.serai.api.cluster;

import io.serai.api.state.Author;
import io.serai.api.state.StateException;
import java.time.Duration;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who belongs to the cluster. The list is part of the state, so every node has it and history tells who was let in by
 * whom. Thread-safe; what changes it writes the disk.
 */
@ProviderType
public interface Membership {

    /** Returns all members by name, this node included. */
    List<Member> members();

    /**
     * Returns the certificate of the authority, and those that members may show, by node; the one that a node shows now comes
     * before the one it has shown before.
     */
    List<ClusterCertificate> certificates();

    /**
     * Makes a token that lets one node in, once.
     *
     * @param validity for how long, a second to 365 days
     * @return the token, which is a secret: only its hash is kept
     * @throws StateException {@code INVALID} if the validity is another, and as
     *     {@link io.serai.api.state.StateRepository#commit}
     */
    String createToken(Duration validity, Author author) throws StateException;

    /**
     * Removes a node for good: what it shows to prove itself is refused from now on.
     *
     * @param name of a member other than this node
     * @throws StateException {@code NOT_FOUND} if there is none, {@code INVALID} if it is this node
     */
    void forget(String name, Author author) throws StateException;

    /**
     * Gives this node a new key and certificate. Others accept the old one beside it until the next time, and the new one
     * also before they hear of this change; connections stay.
     *
     * @throws StateException as {@link io.serai.api.state.StateRepository#commit}
     */
    void rotate(Author author) throws StateException;
}
