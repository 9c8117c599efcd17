package io.serai.cli.internal.reference;

import io.serai.cli.internal.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** All kinds of a cluster and all commands as one Markdown document. */
public final class ReferenceBook {
    private ReferenceBook() {}

    /**
     * Returns the lines of the document.
     *
     * @param commands those that are there whatever kinds there are
     */
    public static List<String> of(Catalog catalog, Collection<CommandSpec> commands) {
        List<String> lines = new ArrayList<>(List.of(
                "# Reference",
                "",
                "Everything that a cluster of Serai can be told: objects of kinds, and actions on them. This is what",
                "`serai explain --markdown` prints of a cluster; one with kinds of its own prints those, too.",
                "",
                "Every object has `kind`, `name`, and `spec` with the fields below; `layer` (`groups/<group>` or",
                "`nodes/<node>`) if it is not for all nodes. REST paths begin with `/api/v1` on the administration",
                "port; `/api/v1/openapi.json` has parameters and answers. `serai get KIND` and `serai apply -f FILE`",
                "work with every kind.",
                "",
                "## Kinds",
                ""));
        catalog.kinds().values().forEach(kind -> lines.addAll(new KindPage(kind).lines()));
        lines.addAll(List.of(
                "## Commands",
                "",
                "All take `--profile PROFILE` (which login to use), `--timeout TIME` (60s if absent) and `--help`. Every",
                "kind is a command as well, with the verbs above. The commands that run nodes of this machine are told",
                "by `serai help`. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not found, 4 conflict, 5 unauthorised,",
                "6 unreachable, 7 took too long.",
                ""));
        commands.forEach(command -> lines.addAll(new CommandPage(command).lines()));
        return lines;
    }
}
