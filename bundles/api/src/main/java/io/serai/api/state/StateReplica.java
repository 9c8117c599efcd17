package io.serai.api.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The other side of {@link StateRepository}: how the states of two nodes become one again. What one node lacks goes to it as
 * a Git pack, and is then included in its head. For what connects nodes; thread-safe, each method may read or write the
 * disk.
 *
 * <p>Large contents do not travel in packs but in parts, which any node that has them can send, one or another. So a node
 * takes in a commit:
 *
 * <pre>{@code
 * replica.read(pack);
 * for (BlobId content : replica.missing(commit)) {
 *     long size = ...;                             // other node: size(content)
 *     long have = replica.received(content);
 *     while (have < size) {
 *         byte[] part = ...;                       // other node: read(content, have, length)
 *         have = replica.receive(content, size, have, part);
 *     }
 * }
 * replica.include(commit);
 * }</pre>
 */
@ProviderType
public interface StateReplica {
    /** Contents of so many bytes and more are large. */
    long LARGE_BYTES = 1024 * 1024;

    /** Returns whether a commit has been taken in; whether all it consists of has, {@link #include} finds out. */
    boolean has(CommitId commit);

    /**
     * Writes what somebody lacks to have a commit: all of its history that is not part of the history of what is known, but
     * for large contents. If this node has dropped contents of it, the pack begins with a list of those, and {@link #read}
     * remembers them as gone.
     *
     * @param known commits the other one has; those that are not here do no harm
     * @throws StateException {@code NOT_FOUND} if the commit is not here, {@code IO} if it cannot be read
     * @throws IOException if the stream does not take it
     */
    void write(CommitId commit, Set<CommitId> known, OutputStream pack) throws StateException, IOException;

    /**
     * Takes in what another node wrote. It is durable on return, and changes nothing yet.
     *
     * @throws StateException {@code INVALID} if the stream is not a whole pack, {@code IO} if it cannot be written
     */
    void read(InputStream pack) throws StateException;

    /**
     * Returns the contents that are to be received before a commit that has been taken in can be included: the large ones it
     * or its history has, and this node has not, but for old versions that are known to be dropped here or where the commit
     * came from. Those of the newest commits come first.
     *
     * @throws StateException {@code NOT_FOUND} if the commit, or something else it consists of, has not been taken in;
     *     {@code IO} if it cannot be read
     */
    Set<BlobId> missing(CommitId commit) throws StateException;

    /**
     * Returns the number of bytes of a content.
     *
     * @throws StateException {@code NOT_FOUND} if it is not here, {@code IO} if it cannot be read
     */
    long size(BlobId content) throws StateException;

    /**
     * Returns a part of a content. It takes longer the greater the offset is, unless the part before has just been read.
     *
     * @param offset from 0 to the size
     * @param length how many bytes; there are fewer at the end
     * @throws StateException {@code NOT_FOUND} if it is not here, {@code IO} if it cannot be read
     */
    byte[] read(BlobId content, long offset, int length) throws StateException;

    /**
     * Returns how many bytes of a content are here: its size if it is whole, and otherwise what has been received of it, also
     * before a restart. What nobody goes on with for a day is deleted when the node starts.
     *
     * @throws StateException {@code IO} if it cannot be read
     */
    long received(BlobId content) throws StateException;

    /**
     * Takes in a part of a content. With its last part it is compared with its id; only then it is durable and can be read.
     * Bytes that are here already are passed over, so that parts may overlap and be sent by several nodes.
     *
     * @param size of the whole content
     * @param offset where the part begins, at most as many bytes as are here
     * @return how many bytes are here now: {@code size} if it is whole
     * @throws StateException {@code INVALID} if the part would leave a gap, or if the content turns out to be another than
     *     its id says: it is to be received from its beginning then; {@code IO} if it cannot be written
     */
    long receive(BlobId content, long size, long offset, byte[] part) throws StateException;

    /**
     * Makes the head contain a commit: nothing happens if it does already, the head moves to it if the head is part of its
     * history, and otherwise both are merged. A merge depends on the two commits only, so that all nodes which merge them
     * have the same head after it. Listeners are told as of any change.
     *
     * @return the head after it
     * @throws StateException {@code NOT_FOUND} if the commit, or something it consists of, has not been taken in;
     *     {@code IO} if it cannot be written
     */
    CommitId include(CommitId commit) throws StateException;

    /**
     * Makes the head contain a commit as {@link #include} does, but leaves it where it is if both would have to be merged:
     * for nodes that see one which merges, as many that do it at a time never come to an end.
     *
     * @return the head after it
     * @throws StateException as {@link #include}
     */
    CommitId follow(CommitId commit) throws StateException;

    /**
     * Appends what another node proposes: what a commit that has been taken in changed relative to its parent. If the parent
     * is the head, the head moves to that commit; otherwise it becomes a new commit of the same author and message, on top
     * of a head that contains the parent, and with the proposal as its second parent. Nothing happens if the head contains
     * it, so that a proposal may come more than once, late, or to several nodes, and is still one change.
     *
     * @return the head after it
     * @throws StateException {@code CONFLICT} if somebody has touched one of the files since, {@code INVALID} if a validator
     *     refuses one or the commit does not have one parent, and as {@link #include}
     */
    CommitId accept(CommitId proposal) throws StateException;

    /**
     * Moves the head to a commit on top of it that somebody pushed, with its history as it was pushed. The files that differ
     * between the head and that commit are checked as those of any other change.
     *
     * @return the head after it
     * @throws StateException {@code CONFLICT} if the head is not part of its history, {@code INVALID} with every file that a
     *     validator refuses or that cannot be part of the state, {@code NOT_FOUND} if the commit has not been taken in,
     *     {@code IO} if it cannot be written
     */
    CommitId advance(CommitId tip) throws StateException;

    /** Returns what merges put aside and nobody has looked at since, the newest merge first. */
    List<MergeConflict> conflicts() throws StateException;

    /**
     * Settles a conflict by leaving the file as it is. A commit that alters no file tells so, and the conflict is no longer
     * listed, on any node that has the commit.
     *
     * @return the head after it
     * @throws StateException {@code NOT_FOUND} if it is not among {@link #conflicts}, and as {@link StateRepository#commit}
     */
    CommitId keepWon(MergeConflict conflict, Author author) throws StateException;

    /**
     * Settles a conflict by making the file what it was in the commit that lost, or by removing it if that one did. Files that
     * have its name but for case, or a folder's of it, are removed. The conflict is no longer listed, on any node that has
     * the commit.
     *
     * @return the head after it
     * @throws StateException {@code NOT_FOUND} if it is not among {@link #conflicts}, and as {@link StateRepository#commit}
     */
    CommitId takeLost(MergeConflict conflict, Author author) throws StateException;
}
