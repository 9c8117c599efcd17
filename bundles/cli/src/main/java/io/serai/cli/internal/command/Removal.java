package io.serai.cli.internal.command;

import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.console.CommandException;
import io.serai.cli.internal.output.ChangeReport;
import io.serai.cli.internal.rest.ApiRequest;

/** Removes an object, whatever it is by now. */
public final class Removal {
    private final Session session;
    private final KindModel kind;

    /** Removes objects of a kind. */
    public Removal(Session session, KindModel kind) {
        this.session = session;
        this.kind = kind;
    }

    /** Removes one; also what refers to it, if it shall cascade. */
    public void remove(String name, boolean cascade, LayerOption layer, ChangeOptions options) throws CommandException {
        ApiRequest delete = ApiRequest.of("DELETE", kind.name(), name)
                .flag("cascade", cascade)
                .header("If-Match", "*");
        new ChangeReport(
                        session.console(),
                        session.client()
                                .send(options.to(layer.to(delete), session))
                                .json())
                .print();
    }
}
