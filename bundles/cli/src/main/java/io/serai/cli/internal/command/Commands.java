package io.serai.cli.internal.command;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The commands that every cluster has, by name. Only the one that is asked for is made, because that takes a while. */
public final class Commands {
    private static final Map<String, Function<Session, Object>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("apply", ApplyCommand::new),
            Map.entry("completion", CompletionCommand::new),
            Map.entry("context", ContextCommand::new),
            Map.entry("delete", DeleteCommand::new),
            Map.entry("deploy", DeployCommand::new),
            Map.entry("diff", DiffCommand::new),
            Map.entry("explain", ExplainCommand::new),
            Map.entry("export", ExportCommand::new),
            Map.entry("get", GetCommand::new),
            Map.entry("history", HistoryCommand::new),
            Map.entry("list", GetCommand::new),
            Map.entry("login", LoginCommand::new),
            Map.entry("logout", LogoutCommand::new),
            Map.entry("rollback", RollbackCommand::new)));

    private Commands() {}

    /** Returns their names. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /** Makes one of them. */
    public static Optional<Object> make(String name, Session session) {
        return Optional.ofNullable(ALL.get(name)).map(command -> command.apply(session));
    }
}
