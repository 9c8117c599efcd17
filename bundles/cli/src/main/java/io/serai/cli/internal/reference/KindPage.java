package io.serai.cli.internal.reference;

import io.serai.cli.internal.catalog.ActionModel;
import io.serai.cli.internal.catalog.KindModel;
import io.serai.cli.internal.output.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A kind as a page of Markdown: what it is for, its fields, and what can be done with it in every face. */
final class KindPage {
    private final KindModel kind;

    KindPage(KindModel kind) {
        this.kind = kind;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("### " + kind.name(), "", kind.description(), ""));
        lines.addAll(Markdown.fields(Field.of(kind.schema())));
        lines.addAll(Markdown.table(List.of("To", "REST", "Command line", "Shell"), operations()));
        kind.actions().forEach(action -> lines.addAll(details(action)));
        return lines;
    }

    private List<String> operations() {
        List<String> rows = new ArrayList<>();
        String all = "/" + kind.name();
        String one = all + "/NAME";
        rows.add(row("list", "GET " + all, "list", "serai:get " + kind.name()));
        rows.add(row("show", "GET " + one, "get NAME", "serai:get " + kind.name() + " NAME"));
        if (kind.writable()) {
            rows.add(row("make or change", "PUT " + one, "set NAME ...", "serai:put " + kind.name() + " NAME ..."));
            rows.add(row("remove", "DELETE " + one, "delete NAME", "serai:delete " + kind.name() + " NAME"));
        }
        if (kind.hasFile()) {
            String file = one + "/content";
            rows.add(row("send the file", "PUT " + file, "upload FILE", "serai:upload " + kind.name() + " FILE"));
            rows.add(row("fetch the file", "GET " + file, "download NAME", "serai:download " + kind.name() + " NAME"));
        }
        kind.actions().forEach(action -> rows.add(row(action)));
        return rows;
    }

    private String row(String what, String rest, String command, String shell) {
        return Markdown.row(
                what, Markdown.code(rest), Markdown.code("serai " + kind.name() + " " + command), Markdown.code(shell));
    }

    private String row(ActionModel action) {
        String object = action.ofObject() ? "NAME " : "";
        return row(
                action.name(),
                "POST /" + kind.name() + (action.ofObject() ? "/NAME/" : "/") + action.name(),
                (action.name() + " " + object).strip(),
                ("serai:run " + kind.name() + " " + action.name() + " " + object).strip());
    }

    private List<String> details(ActionModel action) {
        return Stream.of(
                        List.of("#### " + kind.name() + " " + action.name(), ""),
                        List.of(JsonTree.textAt(action.schema(), "description"), ""),
                        Markdown.fields(Field.of(action.schema())))
                .flatMap(List::stream)
                .toList();
    }
}
