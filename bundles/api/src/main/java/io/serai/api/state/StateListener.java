package io.serai.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when the head has moved; register it as an OSGi service. A hint: compare with the head, do not count calls. */
@ConsumerType
public interface StateListener {

    /**
     * Is called after the change is durable, on a thread of the repository that holds no lock: one call at a time, in the
     * order of the heads; hands over and returns.
     */
    void headMoved(CommitId before, CommitId after);
}
