package io.serai.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Refuses content that is not what it claims to be, before it becomes part of the state; register it as an OSGi service.
 * Called by many threads at a time.
 */
@ConsumerType
public interface ContentValidator {

    /** Returns whether this validator knows files of this path, which is relative to its layer: {@code deploy/a.jar}. */
    boolean handles(StatePath path);

    /**
     * Checks a file; has no other effect.
     *
     * @throws StateException {@code INVALID}, saying what is wrong, where and what to do
     */
    void validate(StatePath path, Content content) throws StateException;
}
