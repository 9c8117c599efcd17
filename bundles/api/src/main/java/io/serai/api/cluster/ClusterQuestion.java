package io.serai.api.cluster;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that nodes ask one another; register it as an OSGi service with the property {@value #NAME} on every node.
 *
 * @see ClusterService#ask
 */
@ConsumerType
public interface ClusterQuestion {

    /** The service property that has the name of the question. */
    String NAME = "serai.cluster.question";

    /**
     * Answers for this node; called on a thread of its own, may take its time.
     *
     * @param argument what the asking node sent
     */
    byte[] answer(byte[] argument);
}
