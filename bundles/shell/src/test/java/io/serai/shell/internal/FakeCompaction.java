package io.serai.shell.internal;

import io.serai.api.state.Compaction;
import io.serai.api.state.Compaction.Reason;
import io.serai.api.state.StateCompactionService;
import io.serai.api.state.StatePath;
import java.util.Map;
import java.util.TreeMap;

/** Has something to drop each time. */
final class FakeCompaction implements StateCompactionService {
    @Override
    public Compaction compact(boolean dryRun) {
        return new Compaction(
                new TreeMap<>(Map.of(new StatePath("deploy/orders.jar"), 7)),
                70_000,
                new TreeMap<>(Map.of(Reason.HEAD, 3, Reason.RECENT, 2)),
                0);
    }
}
