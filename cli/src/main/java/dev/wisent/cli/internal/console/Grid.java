package dev.wisent.cli.internal.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of data under names and types, cut to the width of a terminal: long cells are shortened, columns that have no room are
/// named below.
public final class Grid {
    private static final int WIDEST_CELL = 32;
    private static final String GAP = "  ";

    private final List<String> names;
    private final List<List<String>> rows = new ArrayList<>();

    public Grid(List<String> names, List<String> types) {
        this.names = List.copyOf(names);
        rows.add(this.names);
        rows.add(List.copyOf(types));
    }

    public void row(List<String> cells) {
        rows.add(cells.stream().map(cell -> cell.replaceAll("\\p{Cntrl}", " ")).toList());
    }

    /// @param width in characters
    public List<String> lines(int width) {
        int[] widths = IntStream.range(0, names.size())
                .map(column -> Math.min(
                        WIDEST_CELL,
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
        int shown = 0;
        int used = 0;
        while (shown < widths.length && (shown == 0 || used + GAP.length() + widths[shown] <= width)) {
            used += (shown == 0 ? 0 : GAP.length()) + widths[shown];
            shown++;
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < shown; i++) {
                String cell = cut(row.get(i), Math.min(widths[i], width));
                line.append(cell)
                        .repeat(' ', Math.max(0, widths[i] - cell.length()))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        if (shown < names.size()) {
            int left = names.size() - shown;
            lines.add(cut(
                    "and " + Amounts.count(left, "column") + " more: "
                            + String.join(", ", names.subList(shown, names.size())),
                    width));
        }
        return lines;
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }
}
