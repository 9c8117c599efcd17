package io.serai.benchmarks.state;

import io.serai.api.state.BlobId;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.StateReplica;
import io.serai.api.state.StateRepository;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Measures how a commit comes from one node to another, without what is between them. */
final class ReplicaBenchmark {
    private static final int KB = 1024;

    private final StateBenchmark benchmark;
    private final StateRepository from;
    private final StateRepository to;
    private byte[] pack = {};

    ReplicaBenchmark(StateBenchmark benchmark, Path directory) throws Exception {
        this.benchmark = benchmark;
        this.from = StateBenchmark.open(directory.resolve("from.git"));
        this.to = StateBenchmark.open(directory.resolve("to.git"));
    }

    void measure() throws Exception {
        from.commit(benchmark.files("deploy", 1000, 10 * KB));
        transfer();
        Supplier<Change> one = () -> benchmark.files("deploy", 1, 10 * KB);
        for (int i = 0; i < 60; i++) {
            from.commit(one.get());
            transfer();
        }
        measure("one file of 10 KB into 1,000", 60, one);
        Supplier<Change> many = () -> benchmark.files("batch" + System.nanoTime(), 1000, 2 * KB);
        for (int i = 0; i < 5; i++) {
            from.commit(many.get());
            transfer();
        }
        measure("1,000 files of 2 KB", 7, many);
        large();
        StateBenchmark.close(from);
        StateBenchmark.close(to);
    }

    private void transfer() throws Exception {
        write();
        read();
        include();
    }

    private void measure(String what, int times, Supplier<Change> change) throws Exception {
        StateBenchmark.Series commit = benchmark.series("replica, " + what + ": commit");
        StateBenchmark.Series write = benchmark.series("replica, " + what + ": write a pack");
        StateBenchmark.Series read = benchmark.series("replica, " + what + ": read it");
        StateBenchmark.Series include = benchmark.series("replica, " + what + ": include");
        StateBenchmark.Series both = benchmark.series("replica, " + what + ": read and include");
        for (int i = 0; i < times; i++) {
            Change next = change.get();
            commit.time(() -> from.commit(next));
            write.time(this::write);
            both.time(() -> {
                read.time(this::read);
                include.time(this::include);
            });
        }
        for (StateBenchmark.Series each : new StateBenchmark.Series[] {commit, write, read, include, both}) {
            each.end();
        }
    }

    private void large() throws Exception {
        StateBenchmark.Series send = benchmark.series("replica, a file of 50 MB: read it in parts of 1 MB");
        StateBenchmark.Series receive = benchmark.series("replica, a file of 50 MB: receive them");
        for (int i = 0; i < 5; i++) {
            from.commit(benchmark.files("large", 1, 50 * KB * KB));
            write();
            read();
            List<byte[]> parts = new ArrayList<>();
            BlobId content = ((StateReplica) to).missing(from.head().commit()).iterator().next();
            long size = ((StateReplica) from).size(content);
            send.time(() -> {
                for (long at = 0; at < size; at += KB * KB) {
                    parts.add(((StateReplica) from).read(content, at, KB * KB));
                }
            });
            receive.time(() -> {
                long have = 0;
                for (byte[] part : parts) {
                    have = ((StateReplica) to).receive(content, size, have, part);
                }
            });
            include();
        }
        send.end();
        receive.end();
    }

    private void write() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CommitId parent = from.resolve("HEAD~1");
        ((StateReplica) from).write(from.head().commit(), Set.of(parent), bytes);
        pack = bytes.toByteArray();
    }

    private void read() throws Exception {
        ((StateReplica) to).read(new ByteArrayInputStream(pack));
    }

    private void include() throws Exception {
        ((StateReplica) to).include(from.head().commit());
    }
}
