package io.serai.api.security;

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
}
