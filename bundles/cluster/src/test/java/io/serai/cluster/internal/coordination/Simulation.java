package io.serai.cluster.internal.coordination;

import io.serai.cluster.internal.message.Answer;
import io.serai.cluster.internal.message.Frame;
import io.serai.cluster.internal.message.Request;
import io.serai.cluster.internal.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Processes, a network and time, all in memory and on one thread: the same seed gives the same history. Messages take their
 * time, overtake one another and get lost; processes learn late who is in reach, stall and die.
 */
public final class Simulation {
    private static final long MILLISECOND = 1_000_000;
    private static final long START_MILLIS = 1_700_000_000_000L;

    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));
    private final List<Participant> processes = new ArrayList<>(); // by age
    private long now;
    private long number;

    /** Whether messages may be late and get lost, and news about others be late. */
    public boolean rough;

    private record Event(long time, long number, Runnable task) {}

    /** Makes an empty one. */
    public Simulation(long seed) {
        random = new Random(seed);
    }

    /** Returns the one source of chance. */
    public Random random() {
        return random;
    }

    /** Returns the time that has passed. */
    public Duration now() {
        return Duration.ofNanos(now);
    }

    /** Returns the processes that live, by age. */
    public List<Participant> alive() {
        return processes.stream().filter(process -> process.alive).toList();
    }

    private void at(long time, Runnable task) {
        events.add(new Event(Math.max(now, time), number++, task));
    }

    /** Lets time pass. */
    public void run(Duration duration) {
        long end = now + duration.toNanos();
        while (!events.isEmpty() && events.peek().time() <= end) {
            Event event = events.remove();
            now = event.time();
            event.task().run();
        }
        now = end;
    }

    /** Starts a process; others hear of it soon. */
    public Participant start(UUID node) {
        Participant process = new Participant(node);
        processes.add(process);
        return process;
    }

    /** Tells all who is in reach, each at another time. */
    public void tellViews() {
        for (Participant process : alive()) {
            long delay = rough ? random.nextInt(4_000) : random.nextInt(20);
            process.after(Duration.ofMillis(delay), process::seeView);
        }
    }

    private long delay() {
        if (!rough || random.nextInt(20) > 0) {
            return (100 + random.nextInt(3_000)) * MILLISECOND / 1_000;
        }
        return random.nextInt(2_500) * MILLISECOND;
    }

    private boolean loses() {
        return rough && random.nextInt(30) == 0;
    }

    /** One process: its transport, its thread and its clocks. */
    public final class Participant implements Transport, Agenda {
        private final UUID self = new UUID(random.nextLong(), random.nextLong());
        private final UUID node;
        private final Hub hub;
        private List<UUID> view = List.of();
        private boolean alive = true;
        private long stalledUntil;
        /** Which part of the network it is in. */
        public int part;
        /** How far its clock is off. */
        public long clockOffset;

        private Participant(UUID node) {
            this.node = node;
            hub = new Hub(this, node);
        }

        /** Returns what coordinates it. */
        public Hub hub() {
            return hub;
        }

        /** Returns the node that it is. */
        public UUID node() {
            return node;
        }

        /** Ends it without a word. */
        public void kill() {
            alive = false;
        }

        /** Lets it do nothing for a while. */
        public void stall(Duration duration) {
            // not shorter than before: what is to be done stays in order
            stalledUntil = Math.max(stalledUntil, now + duration.toNanos());
        }

        private void seeView() {
            List<UUID> seen = alive().stream()
                    .filter(other -> other.part == part)
                    .map(Participant::self)
                    .toList();
            if (!seen.equals(view)) {
                view = seen;
                hub.viewChanged(this, seen);
            }
        }

        private void schedule(long time, Runnable task) {
            at(time, () -> {
                if (alive && now < stalledUntil) {
                    schedule(stalledUntil, task);
                } else if (alive) {
                    task.run();
                }
            });
        }

        @Override
        public void execute(Runnable task) {
            schedule(now, task);
        }

        @Override
        public void after(Duration delay, Runnable task) {
            schedule(now + delay.toNanos(), task);
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public long currentTimeMillis() {
            return START_MILLIS + clockOffset + now / MILLISECOND;
        }

        @Override
        public Random random() {
            return random;
        }

        @Override
        public UUID self() {
            return self;
        }

        @Override
        public List<UUID> view() {
            return view;
        }

        @Override
        public void announce(byte[] message) {
            throw new UnsupportedOperationException("Nothing of coordination is announced");
        }

        @Override
        public CompletableFuture<ByteBuffer> ask(UUID to, byte[] request, Duration timeout) {
            CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
            at(now + timeout.toNanos(), () -> answer.completeExceptionally(new TimeoutException("No answer")));
            for (Participant other : processes) {
                if (other.self.equals(to) && !loses()) {
                    at(now + delay(), () -> deliver(other, request, answer));
                }
            }
            return answer;
        }

        private void deliver(Participant other, byte[] request, CompletableFuture<ByteBuffer> answer) {
            if (other.part != part) {
                return;
            }
            other.execute(() -> {
                byte[] bytes = other.answer(self, request);
                if (!loses()) {
                    at(now + delay(), () -> {
                        if (other.part == part) {
                            answer.complete(ByteBuffer.wrap(bytes));
                        }
                    });
                }
            });
        }

        private byte[] answer(UUID from, byte[] request) {
            try {
                Frame<Request> frame = Frame.decode(Request.class, ByteBuffer.wrap(request));
                Request.Coordination message = (Request.Coordination) frame.header();
                byte[] answer = hub.asked(from, message.kind(), frame.copyOfPayload());
                return new Frame<>(Answer.done(), ByteBuffer.wrap(answer)).encode();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
