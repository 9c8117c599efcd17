package io.serai.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when the head has moved; register it as an OSGi service. A hint: compare with the head, do not count calls. */
@ConsumerType
public interface StateListener {

    /** Is called on the thread that moved the head, after the change is durable; hands over and returns. */
    void headMoved(CommitId before, CommitId after);
}
