package dev.wisent.connectors.sql.staged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Rows with lists, in files: each id comes several times, with other elements each time, and with higher versions.
public final class Baskets {
    private static final int FILES = 30;
    private static final int ROWS_A_FILE = 40;
    private static final int IDS = 70;
    private static final int MOST_ITEMS = 4;
    private static final int NONE_EACH = 7;

    /// What tables hold: rows with their elements; beginning with `orphan`, elements without a row; beginning with
    /// `incomplete`, rows whose list has another number of elements than it had. `%s`: the schema and a point, or nothing.
    public static final String QUERY = "SELECT o.id, o.v, i._wisent_index, i.sku, i.n FROM %sorders o"
            + " LEFT JOIN %sorders__items i ON i._wisent_parent_id = o.items";
    public static final String ORPHANS = "SELECT 'orphan', i.sku FROM %sorders__items i WHERE NOT EXISTS"
            + " (SELECT 1 FROM %sorders o WHERE o.items = i._wisent_parent_id)";

    public static final String INCOMPLETE = "SELECT 'incomplete', o.v FROM %sorders o"
            + " LEFT JOIN %sorders__items i ON i._wisent_parent_id = o.items WHERE o.items IS NOT NULL GROUP BY o.v, o.items"
            + " HAVING count(i.sku) <> MOD(o.v, " + MOST_ITEMS + ")";

    private Baskets() {}

    private static int items(int version) {
        return version % NONE_EACH == 0 ? 0 : version % MOST_ITEMS;
    }

    public static void write(Path folder) {
        try {
            Files.createDirectories(folder);
            for (int file = 0; file < FILES; file++) {
                StringBuilder lines = new StringBuilder();
                for (int row = 0; row < ROWS_A_FILE; row++) {
                    int version = file * ROWS_A_FILE + row + 1;
                    List<String> items = new ArrayList<>();
                    for (int i = 0; i < items(version); i++) {
                        items.add("{\"sku\":\"s%d-%d\",\"n\":%d}".formatted(version, i, i * version));
                    }
                    String list = version % NONE_EACH == 0 ? "null" : items.toString();
                    lines.append("{\"id\":%d,\"v\":%d,\"items\":%s}%n".formatted(version % IDS, version, list));
                }
                Files.writeString(folder.resolve("f%02d.ndjson".formatted(file)), lines);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lines of [#QUERY] when each row is there: values with `|` between them, null as `-`.
    public static List<String> all() {
        List<String> lines = new ArrayList<>();
        for (int version = 1; version <= FILES * ROWS_A_FILE; version++) {
            lines.addAll(lines(version));
        }
        return lines;
    }

    /// The same when the row with the highest version of each id is there.
    public static List<String> merged() {
        Map<Integer, Integer> last = new TreeMap<>();
        for (int version = 1; version <= FILES * ROWS_A_FILE; version++) {
            last.put(version % IDS, version);
        }
        return last.values().stream()
                .flatMap(version -> lines(version).stream())
                .toList();
    }

    private static List<String> lines(int version) {
        String row = (version % IDS) + "|" + version + "|";
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < items(version); i++) {
            lines.add(row + i + "|s" + version + "-" + i + "|" + i * version);
        }
        return lines.isEmpty() ? List.of(row + "-|-|-") : lines;
    }
}
