package dev.wisent.cli.internal.console;

import java.util.ArrayList;
import java.util.List;

/// Rows of text in columns, each as wide as its widest cell.
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... titles) {
        rows.add(List.of(titles));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    public List<String> lines() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length()).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
