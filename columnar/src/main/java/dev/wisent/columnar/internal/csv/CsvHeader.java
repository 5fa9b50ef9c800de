package dev.wisent.columnar.internal.csv;

import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names of a CSV's columns: those of the options, else of the header, else of the schema by position, else
/// `column_1`…
public final class CsvHeader {
    private final CsvOptions options;
    private List<String> names;

    public CsvHeader(CsvOptions options) {
        this.options = options;
        this.names = options.columns();
    }

    /// The names; empty until the header or, without one, the first record is there.
    public List<String> names() {
        return names;
    }

    /// Takes the names from the header record, unless the options have them.
    public void read(byte[] bytes, int from, int to) {
        List<String> cells = new ArrayList<>();
        new CellScanner(options)
                .scan(
                        bytes,
                        from,
                        to,
                        (index, text, start, length, quoting) ->
                                cells.add(new String(text, start, length, StandardCharsets.UTF_8)));
        if (names.isEmpty()) {
            names = distinct(cells);
        }
    }

    /// Without a header: takes the names from the schema, or makes as many as the first record has cells.
    public void assume(Schema schema, byte[] bytes, int from, int to) {
        if (!names.isEmpty()) {
            return;
        }
        if (schema.size() > 0) {
            names = schema.fields().stream().map(f -> f.name()).toList();
            return;
        }
        int cells = new CellScanner(options).scan(bytes, from, to, (index, text, start, length, quoting) -> {});
        List<String> numbered = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            numbered.add("");
        }
        names = distinct(numbered);
    }

    /// An empty name becomes `column_N`, the second of its kind gets `_2`, the third `_3`.
    private static List<String> distinct(List<String> cells) {
        Set<String> given = new HashSet<>(cells);
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            String plain = cells.get(i).isEmpty() ? "column_" + (i + 1) : cells.get(i);
            String name = plain;
            boolean taken = cells.get(i).isEmpty() && given.contains(name);
            for (int n = 2; taken || used.contains(name); n++) {
                name = plain + "_" + n;
                taken = given.contains(name);
            }
            used.add(name);
            names.add(name);
        }
        return names;
    }
}
