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
                                .mapToInt(row -> width(row.get(column)))
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
                        .repeat(' ', Math.max(0, widths[i] - width(cell)))
                        .append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        if (shown < names.size()) {
            int left = names.size() - shown;
            lines.add(cut("and " + left + " more: " + String.join(", ", names.subList(shown, names.size())), width));
        }
        return lines;
    }

    static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int used = 0;
        for (int c : text.codePoints().toArray()) {
            used += width(c);
            if (used >= width) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut.append('…').toString();
    }

    /// `text` without its middle where it is too wide: names often differ at their ends.
    static String shortened(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        String head = cut(text, (width + 1) / 2);
        int room = width - width(head);
        int from = text.length();
        while (from > 0 && width(text.substring(text.offsetByCodePoints(from, -1))) <= room) {
            from = text.offsetByCodePoints(from, -1);
        }
        return head + text.substring(from);
    }

    static int width(String text) {
        return text.codePoints().map(Grid::width).sum();
    }

    /// Two for what terminals draw wide: scripts of East Asia, and pictures.
    private static int width(int c) {
        boolean wide = (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
        return wide ? 2 : 1;
    }
}
