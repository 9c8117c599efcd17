package io.serai.benchmarks.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processor time that processes take from one moment to another: other work on the machine disturbs it less than time. */
final class CpuTimes {
    /** The unit of Linux's /proc/PID/stat: USER_HZ is 100 on all platforms Java runs on. */
    private static final int MILLIS_A_TICK = 10;

    private final List<Long> pids;
    private final List<Long> before;

    CpuTimes(List<Long> pids) throws IOException {
        this.pids = List.copyOf(pids);
        this.before = now();
    }

    private List<Long> now() throws IOException {
        List<Long> all = new ArrayList<>();
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            all.add((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_A_TICK);
        }
        return all;
    }

    /** Returns the milliseconds of processor time of each process since this was made. */
    List<Long> millis() throws IOException {
        List<Long> after = now();
        List<Long> spent = new ArrayList<>();
        for (int i = 0; i < after.size(); i++) {
            spent.add(after.get(i) - before.get(i));
        }
        return spent;
    }
}
