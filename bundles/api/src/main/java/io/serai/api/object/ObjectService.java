package io.serai.api.object;

import io.serai.api.security.Subject;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * All objects of the cluster: what the faces work on. Asks each time whether the subject may. Thread-safe; what changes objects
 * writes the disk.
 */
@ProviderType
public interface ObjectService {

    /** Returns all kinds by name. */
    List<ObjectKind> kinds();

    /**
     * Returns the objects of a kind that somebody may read.
     *
     * @throws ObjectException {@code NOT_FOUND} if there is no such kind, {@code INVALID} if the cursor is none, {@code FORBIDDEN}
     *     if none of the kind may be read
     */
    ObjectPage list(Subject subject, ObjectQuery query) throws ObjectException;

    /**
     * Returns an object.
     *
     * @throws ObjectException {@code NOT_FOUND} naming the nearest that is there; {@code FORBIDDEN}
     */
    ObjectView get(Subject subject, ObjectKey key) throws ObjectException;

    /**
     * Returns the file of an object of a {@link FileKind}.
     *
     * @throws ObjectException {@code NOT_FOUND}, {@code UNSUPPORTED} if its kind has no files of their own, {@code FORBIDDEN}
     */
    Content content(Subject subject, ObjectKey key) throws ObjectException;

    /**
     * Returns all that is needed to make the same objects again elsewhere, except secrets.
     *
     * @param kinds the kinds; empty for all that can be put
     */
    List<ObjectDocument> export(Subject subject, Set<String> kinds) throws ObjectException;

    /**
     * Changes objects in one commit: all of it or nothing. What would alter nothing makes no commit.
     *
     * @throws ObjectException {@code INVALID} with everything that is wrong, {@code STALE} with the fields that somebody else has
     *     changed, {@code IN_USE} with what refers to a removed object, {@code FORBIDDEN}, {@code NOT_FOUND} for a deletion of
     *     what is not there, {@code UNSUPPORTED}, {@code IO}
     */
    ObjectResult apply(Subject subject, ObjectChange change) throws ObjectException;

    /**
     * Returns the objects that differ between two states: changed, made or removed.
     *
     * @throws ObjectException {@code NOT_FOUND} if there is no such commit
     */
    Set<ObjectKey> changed(CommitId before, CommitId after) throws ObjectException;
}
