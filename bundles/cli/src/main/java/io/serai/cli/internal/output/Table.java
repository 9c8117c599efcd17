package io.serai.cli.internal.output;

import io.serai.cli.internal.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows under headings, as wide as what is in them; the same whether a person or a script reads. */
public final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Makes one with headings. */
    public Table(List<String> headings) {
        rows.add(headings.stream()
                .map(heading -> heading.toUpperCase(Locale.ROOT))
                .toList());
    }

    /** Adds a row with as many cells as there are headings. */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(Table::cell).toList());
    }

    private static String cell(String text) {
        return Console.harmless(text).replace('\n', ' ').replace('\t', ' ');
    }

    /** Returns the lines. */
    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i + 1 < row.size()) {
                line.append(" ".repeat(widths[i] - length(cell))).append(GAP);
            }
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
