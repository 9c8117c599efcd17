package io.serai.benchmarks.state;

import io.serai.api.state.Author;
import io.serai.api.state.Change;
import io.serai.api.state.CommitId;
import io.serai.api.state.Content;
import io.serai.api.state.StatePath;
import io.serai.api.state.StateRepository;
import io.serai.state.internal.GitStateRepository;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Prints how long the operations of the state repository take, one column for each directory it is given. */
public final class StateBenchmark {
    private static final Author AUTHOR = new Author("bench", "node");
    private static final int KB = 1024;

    private final Random random = new Random(1);
    private final Map<String, List<String>> table = new LinkedHashMap<>();

    public static void main(String[] directories) throws Exception {
        StateBenchmark benchmark = new StateBenchmark();
        for (String directory : directories) {
            benchmark.measure(Path.of(directory));
        }
        String columns = directories.length == 2 ? "%-62s %18s %18s%n" : "%-62s %18s%n";
        System.out.printf(columns, row("milliseconds: median (99th percentile)", List.of("disk", "memory"), directories.length));
        benchmark.table.forEach((name, values) -> System.out.printf(columns, row(name, values, directories.length)));
        System.exit(0);
    }

    private static Object[] row(String name, List<String> values, int count) {
        List<Object> row = new ArrayList<>(List.of(name));
        row.addAll(values.subList(0, count));
        return row.toArray();
    }

    private void measure(Path directory) throws Exception {
        add("write and force a file of 4 KB (what the disk takes, for comparison)", 50, () -> force(directory));
        StateRepository state = open(directory.resolve("state.git"));
        add("commit 1,000 new files of 2 KB, first time", 1, () -> state.commit(files("first", 1000, 2 * KB)));
        for (int i = 0; i < 5; i++) {
            state.commit(files("warm" + i, 1000, 2 * KB));
        }
        add("commit 1,000 new files of 2 KB, warm", 7, () -> state.commit(files("batch" + random.nextInt(), 1000, 2 * KB)));
        close(state);
        measureSmall(directory.resolve("small.git"));
        new ReplicaBenchmark(this, directory).measure();
        gitAsPeer(directory);
        measureLarge(directory.resolve("large.git"));
    }

    private void measureSmall(Path directory) throws Exception {
        StateRepository state = open(directory);
        state.commit(files("deploy", 1000, 10 * KB));
        for (int i = 0; i < 60; i++) {
            state.commit(files("deploy", 1, 10 * KB));
        }
        add("commit one file of 10 KB into 1,000, warm", 120, () -> state.commit(files("deploy", 1, 10 * KB)));
        CommitId base = state.head().commit();
        add("the same with an old base", 20, () -> state.commit(based(files("deploy", 1, 10 * KB), base)));
        add("8 threads, 160 such commits: each", 1, () -> concurrent(state, 160), 160);
        CommitId old = state.resolve("HEAD~90");
        add("head().files() after a commit", 20, () -> state.head().files());
        add("at(commit).files() of 1,000 files, not cached", 10, () -> state.at(state.resolve("HEAD~" + (1 + random.nextInt(80)))).files());
        add("effective() of 1,000 files, not cached", 1, () -> state.head().effective());
        add("diff of two commits, 90 apart", 10, () -> state.diff(old, state.head().commit()));
        add("log of the last 20", 10, () -> state.log(Optional.empty(), 20));
        add("log of the last 20 of one file", 5, () -> state.log(Optional.of(new StatePath("deploy/deploy/0.jar")), 20));
        add("restore everything as of 90 commits ago", 1, () -> state.restore(old, Set.of(), AUTHOR));
        close(state);
        add("open a repository of 1,000 files and 300 commits", 5, () -> {
            close(open(directory));
            return "";
        });
    }

    private void measureLarge(Path directory) throws Exception {
        StateRepository state = open(directory);
        byte[] bytes = new byte[50 * KB * KB];
        for (int i = 0; i < 2; i++) {
            random.nextBytes(bytes);
            state.commit(change(Map.of(new StatePath("deploy/warm.kar"), Content.of(bytes.clone()))));
        }
        random.nextBytes(bytes);
        add("commit one file of 50 MB", 1, () -> state.commit(change(Map.of(new StatePath("deploy/large.kar"), Content.of(bytes)))));
        add("read it back", 3, () -> {
            try (InputStream in = state.head().content(new StatePath("deploy/large.kar")).orElseThrow().open()) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        });
        close(state);
    }

    /** The same small commit by the git command, three processes, if there is one. */
    private void gitAsPeer(Path directory) throws Exception {
        Path work = Files.createDirectories(directory.resolve("peer/deploy/deploy"));
        String git = "cd " + directory.resolve("peer") + " && export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=b"
                + " GIT_AUTHOR_EMAIL=b GIT_COMMITTER_NAME=b GIT_COMMITTER_EMAIL=b && ";
        for (int i = 0; i < 1000; i++) {
            Files.write(work.resolve(i + ".jar"), bytes(10 * KB));
        }
        String name = "peer: git add and git commit, with core.fsync=all";
        if (sh(git + "git init -q . && git config core.fsync all && git add . && git commit -q -m 1") != 0) {
            table.computeIfAbsent(name, key -> new ArrayList<>()).add("no git here");
            return;
        }
        add(name, 10, () -> {
            Files.write(work.resolve("0.jar"), bytes(10 * KB));
            return sh(git + "git add deploy/deploy/0.jar && git commit -q -m 2");
        });
    }

    private static int sh(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start().waitFor();
    }

    private Object concurrent(StateRepository state, int commits) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<CommitId>> tasks = new ArrayList<>();
        for (int i = 0; i < commits; i++) {
            Change change = files("deploy", 1, 10 * KB);
            tasks.add(() -> state.commit(change));
        }
        threads.invokeAll(tasks);
        threads.shutdown();
        return "";
    }

    private void add(String name, int times, Callable<?> task) throws Exception {
        add(name, times, task, 1);
    }

    private void add(String name, int times, Callable<?> task, int parts) throws Exception {
        Series series = series(name);
        for (int i = 0; i < times; i++) {
            series.time(task::call, parts);
        }
        series.end();
    }

    /** Something to be timed. */
    interface Task {
        void run() throws Exception;
    }

    Series series(String name) {
        return new Series(name);
    }

    /** Times of one thing, which become a row of the table. */
    final class Series {
        private final String name;
        private final List<Double> millis = new ArrayList<>();

        private Series(String name) {
            this.name = name;
        }

        void time(Task task) throws Exception {
            time(task, 1);
        }

        private void time(Task task, int parts) throws Exception {
            long start = System.nanoTime();
            task.run();
            millis.add((System.nanoTime() - start) / 1e6 / parts);
        }

        void end() {
            millis.sort(null);
            int times = millis.size();
            String text = times < 5
                    ? String.format("%.2f", millis.get(times / 2))
                    : String.format("%.2f (%.2f)", millis.get(times / 2), millis.get(Math.min(times - 1, times * 99 / 100)));
            table.computeIfAbsent(name, key -> new ArrayList<>()).add(text);
        }
    }

    private Object force(Path directory) throws Exception {
        try (FileChannel channel = FileChannel.open(
                directory.resolve("f" + random.nextInt()), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes(4 * KB)));
            channel.force(true);
        }
        return "";
    }

    Change files(String folder, int count, int size) {
        Map<StatePath, Content> puts = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int name = count == 1 ? random.nextInt(1000) : i;
            puts.put(new StatePath("deploy/" + folder + "/" + name + ".jar"), Content.of(bytes(size)));
        }
        return change(puts);
    }

    private static Change change(Map<StatePath, Content> puts) {
        return Change.of(puts, Set.of(), AUTHOR, "Put");
    }

    private static Change based(Change change, CommitId base) {
        StatePath path = new StatePath("groups/g/deploy/" + System.nanoTime());
        Map<StatePath, Content> puts = new HashMap<>();
        change.puts().values().forEach(content -> puts.put(path, content));
        return new Change(puts, Set.of(), AUTHOR, "Put", Optional.of(base));
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    static StateRepository open(Path directory) throws Exception {
        Class<?> config = Class.forName("io.serai.state.internal.StateConfig");
        Map<String, Object> values =
                Map.of("directory", directory.toString(), "node", "node1", "groups", new String[] {"g"});
        Object given = Proxy.newProxyInstance(
                config.getClassLoader(), new Class<?>[] {config}, (proxy, key, arguments) -> values.get(key.getName()));
        return (StateRepository) GitStateRepository.class.getConstructors()[0].newInstance(given);
    }

    static void close(StateRepository state) throws Exception {
        var close = GitStateRepository.class.getDeclaredMethod("close");
        close.setAccessible(true);
        close.invoke(state);
    }
}
