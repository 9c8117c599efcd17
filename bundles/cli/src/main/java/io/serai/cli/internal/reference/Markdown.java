package io.serai.cli.internal.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parts of Markdown that the reference is made of. */
final class Markdown {
    private Markdown() {}

    static String code(String text) {
        return "`" + text + "`";
    }

    static String row(String... cells) {
        return "| " + Stream.of(cells).map(Markdown::cell).collect(Collectors.joining(" | ")) + " |";
    }

    private static String cell(String text) {
        String line = text.replace("|", "\\|").replace("\n", " ");
        return line.startsWith("`") ? line : line.replace("<", "&lt;");
    }

    /** Returns a table; nothing if it has no rows. */
    static List<String> table(List<String> headings, List<String> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(row(headings.toArray(String[]::new)));
        lines.add(row(headings.stream().map(heading -> "---").toArray(String[]::new)));
        lines.addAll(rows);
        lines.add("");
        return lines;
    }

    /** Returns a table of fields; nothing if there are none. */
    static List<String> fields(List<Field> fields) {
        List<String> rows = fields.stream()
                .map(field -> row(
                        code(field.path()) + (field.needed() ? " (needed)" : ""),
                        field.type(),
                        field.bounds().isEmpty() ? "" : code(field.bounds()),
                        field.description()))
                .toList();
        return table(List.of("Field", "Type", "Values", "Meaning"), rows);
    }
}
