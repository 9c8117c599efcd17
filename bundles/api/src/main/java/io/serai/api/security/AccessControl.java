package io.serai.api.security;

import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Says who may do what, by the roles as they are now. Thread-safe; fast enough to be asked for each object of a list. */
@ProviderType
public interface AccessControl {

    /** Reading objects, and watching them. */
    String READ = "read";

    /** Making objects, and changing them. */
    String WRITE = "write";

    /** Removing objects. */
    String DELETE = "delete";

    /**
     * Returns whether somebody may do something.
     *
     * @param verb {@link #READ}, {@link #WRITE}, {@link #DELETE}, or the name of an action such as {@code invoke}
     * @param kind the kind of object
     * @param name the name of the object; empty to ask about the kind: whether there may be any name for which it is permitted
     */
    boolean permits(Subject subject, String verb, String kind, String name);

    /**
     * Demands that somebody may do something; a refusal is recorded in the audit log.
     *
     * @throws AccessException {@code FORBIDDEN} naming user, verb, object, and the roles that would do
     */
    void require(Subject subject, String verb, String kind, String name) throws AccessException;

    /**
     * Demands that a change of files gives nobody rights that whoever makes it has not: what a changed user, role or API key could
     * do and can do afterwards must be held, and all there is to change how people log in. A refusal is recorded in the audit log.
     * Does not ask whether the files may be changed at all.
     *
     * @param targets files that are put, by their path in the tree, and those that are removed, which are without content; files
     *     that give no rights do not matter
     * @throws AccessException {@code FORBIDDEN} naming user, object, and what is not held
     */
    void requireHeld(Subject subject, Map<StatePath, Optional<Content>> targets) throws AccessException;
}
