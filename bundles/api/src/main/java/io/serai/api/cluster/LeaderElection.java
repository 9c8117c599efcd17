package io.serai.api.cluster;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Chooses one of those who take part under a name. Who leads stays the leader until it resigns, dies or is cut off; who
 * comes later does not replace it.
 *
 * <p>With {@link Agreement#REACHABLE}, while nodes see each other exactly one of those who take part leads, but for some
 * milliseconds after a change of the view; a node that is in the view and does not answer delays that by at most a second
 * (if it leads, until it is found to be gone, 4 s at most). With {@link Agreement#MAJORITY} at most one leads in the whole
 * cluster at any moment; the next one at most 8 s and a bit after the last one is gone. Thread-safe; never blocks.
 *
 * <pre>{@code
 * Leadership leadership = election.join("nightly", Agreement.REACHABLE, new LeaderElection.Listener() {
 *     public void elected(long term) { timer.start(); }
 *     public void deposed() { timer.stop(); }
 * });
 * ...
 * leadership.close(); // resigns
 * }</pre>
 */
@ProviderType
public interface LeaderElection {

    /**
     * Takes part.
     *
     * @param name from 1 to {@link ClusterLocks#MAX_NAME_CHARACTERS} characters
     * @param agreement what is promised; all who take part must want the same
     * @throws IllegalArgumentException if the name is empty or longer
     * @throws IllegalStateException as {@link ClusterLocks#tryLock}
     */
    Leadership join(String name, Agreement agreement, Listener listener);

    /**
     * Told whether it leads. Calls come one after the other on a thread of the cluster's, {@code elected} and {@code deposed}
     * in turn; of changes in quick succession only the last may be told. A call may be late: ask {@link Leadership#leads}
     * before what matters.
     */
    @ConsumerType
    interface Listener {
        /**
         * Is told that it leads now.
         *
         * @param term grows from leader to leader: a {@link ClusterLock#token}
         */
        void elected(long term);

        /** Is told that it does not lead any more; not called after it has closed its leadership. */
        void deposed();
    }
}
