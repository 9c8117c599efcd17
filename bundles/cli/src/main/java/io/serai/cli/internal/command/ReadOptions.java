package io.serai.cli.internal.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What commands take that show objects. */
final class ReadOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, wide, json, yaml, name, or jsonpath={.spec.path}")
    String output = "table";

    @Option(
            names = "--filter",
            paramLabel = "FIELD=VALUE",
            description = "only objects with that value: spec.service=orders.get; != for not, ~ for a part of it")
    List<String> filters = new ArrayList<>();

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description = "groups/GROUP or nodes/NODE; that of all nodes if absent")
    String layer = "";

    @Option(
            names = {"-w", "--watch"},
            description = "go on, and show what changes")
    boolean watch;

    @Option(names = "--limit", paramLabel = "COUNT", description = "how many at most, 1 to 10000")
    int limit = 10_000;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "where an earlier list ended")
    String cursor = "";
}
