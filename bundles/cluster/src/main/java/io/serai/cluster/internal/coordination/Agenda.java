package io.serai.cluster.internal.coordination;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** The one thread that coordination happens on, and its clocks; a simulation has its own. */
public interface Agenda extends Executor {

    /** Runs a task later; what does not get to it before the end is dropped. */
    void after(Duration delay, Runnable task);

    /** Returns the time for durations; it only grows. */
    long nanoTime();

    /** Returns the time of the clock on the wall, in milliseconds. */
    long currentTimeMillis();

    /** Returns the source of chance. */
    RandomGenerator random();
}
