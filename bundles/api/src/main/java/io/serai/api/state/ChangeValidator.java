package io.serai.api.state;

import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Refuses a change after which the state as a whole would be wrong, although each of its files is right; register it as an OSGi
 * service. Called by many threads at a time. What nodes that were apart have done is merged without asking.
 */
@ConsumerType
public interface ChangeValidator {

    /**
     * Checks a change; has no other effect.
     *
     * @param before what it is made to
     * @param targets the files it puts, by their path in the tree, and those it removes, which are without content
     * @throws StateException {@code INVALID}, saying of each file what is wrong and what to do
     */
    void validate(Snapshot before, Map<StatePath, Optional<Content>> targets) throws StateException;
}
