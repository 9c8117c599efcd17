package io.serai.api.object;

import io.serai.api.state.Content;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A kind whose objects are files of their own form in the state: artifacts, configurations. One file is one object. */
@ConsumerType
public interface FileKind extends ObjectKind {

    /** Returns the folder of the files, relative to their layer: {@code deploy}; empty for the layer itself. */
    String folder();

    /** Returns the name of the object that a file is, given the name of the file; empty if it is none of this kind. */
    Optional<String> objectName(String fileName);

    /**
     * Returns the name of the file of an object.
     *
     * @throws ObjectException {@code INVALID} if no object of this kind can have that name
     */
    String fileName(String objectName) throws ObjectException;

    /**
     * Reads a file.
     *
     * @param full whether the spec is to have all that is needed to make the file again; else it may leave out what is long
     * @throws ObjectException {@code INVALID} if it is not what it claims to be, {@code IO} if it cannot be read
     */
    Map<String, Object> read(ObjectKey key, Content content, boolean full) throws ObjectException;

    /**
     * Returns the file of a spec, which fits the schema.
     *
     * @param before the file as it is now; empty for a new object
     * @throws ObjectException {@code INVALID} if there is none, for what no schema can say
     */
    Content write(ObjectKey key, Map<String, Object> spec, Optional<Content> before) throws ObjectException;
}
