package io.serai.cluster.internal.coordination.locks;

/** Somebody's wish for a lock, and the lock. */
interface Claim {

    /** Begins to ask; of the thread. */
    void start();

    /** Returns whether it is held now. From any thread. */
    boolean isHeld();

    /** Gives it up, or back; of the thread. May be repeated. */
    void close();

    /** Told, on the thread, how it stands. */
    interface Events {
        /** Is told that it is held now; that comes once. */
        void held(long token);

        /** Is told that another one has it; asking goes on. */
        void refused();

        /** Is told that it was lost after it was held; it is closed then. */
        void lost();
    }
}
