package io.serai.cli.internal.command;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.console.ExitCode;
import io.serai.cli.internal.output.ObjectPrinter;
import io.serai.cli.internal.output.OutputFormat;
import io.serai.cli.internal.rest.ApiRequest;

/** Shows objects of one kind, one of them or all. */
final class ObjectReader {
    private final Session session;
    private final KindModel kind;
    private final ReadOptions options;

    ObjectReader(Session session, KindModel kind, ReadOptions options) {
        this.session = session;
        this.kind = kind;
        this.options = options;
    }

    /** Shows the one that is named, or all if none is. */
    void show(String name) throws CommandException {
        OutputFormat format = OutputFormat.of(options.output);
        ObjectPrinter printer = new ObjectPrinter(session.console(), format, kind);
        if (options.watch) {
            if (!name.isEmpty()) {
                options.filters.add("name=" + name);
            }
            new Watch(session, kind, list(), printer).run();
        } else if (name.isEmpty()) {
            printer.page(session.client().send(list()));
        } else if (!options.filters.isEmpty()) {
            throw CommandException.of(
                    ExitCode.USAGE, "--filter chooses among all objects, and one is named", "leave out " + name);
        } else {
            ApiRequest get = ApiRequest.of("GET", kind.name(), name).query("layer", options.layer);
            if (format.form() == OutputFormat.Form.YAML) {
                get.header("Accept", "application/yaml");
            }
            printer.one(session.client().send(get));
        }
    }

    private ApiRequest list() {
        ApiRequest list = ApiRequest.of("GET", kind.name())
                .query("limit", Integer.toString(options.limit))
                .query("cursor", options.cursor);
        options.filters.forEach(filter -> list.query("filter", filter));
        if (!options.layer.isEmpty()) {
            list.query("filter", "layer=" + options.layer);
        }
        return list;
    }
}
