package dev.wisent.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Tables of a source that change between two runs of a pipeline into the same kind of database: what the targets then hold, or
/// which error names the change. Each constant of [Drift] is a line of docs/reference/schema-changes.md, each mode and each
/// [Contract] a column.
public abstract class DriftContract {
    /// How rows are read and written.
    private enum Mode {
        REFRESH("sync_mode: full_refresh", ""),
        APPEND("sync_mode: incremental, cursor_field: seen, primary_key: [id]", ", write_mode: append"),
        MERGE("sync_mode: incremental, cursor_field: seen, primary_key: [id]", ", write_mode: merge");

        private final String source;
        private final String destination;

        Mode(String source, String destination) {
            this.source = source;
            this.destination = destination;
        }
    }

    /// What the source's `contract` says.
    protected enum Contract {
        EVOLVE,
        FREEZE,
        DISCARD_VALUE;

        private String key(Mode mode) {
            return switch (this) {
                case EVOLVE -> "";
                case FREEZE ->
                    ", contract: {columns: freeze, types: freeze, missing: freeze"
                            + (mode == Mode.REFRESH ? "}" : ", table: freeze}");
                case DISCARD_VALUE -> ", contract: {columns: discard_value}";
            };
        }
    }

    /// Those of the cells with a contract of their own; the others are the sweep's.
    private static final List<Mode> EVERYDAY = List.of(Mode.APPEND);

    private static final List<Mode> INCREMENTAL = List.of(Mode.APPEND, Mode.MERGE);

    private List<Mode> everyday() {
        return contractsAreEveryday() ? EVERYDAY : List.of();
    }

    private List<Mode> sweep() {
        return Arrays.stream(Mode.values())
                .filter(mode -> !everyday().contains(mode))
                .toList();
    }

    private static final String A = "id=1 amount=10 name=a";
    private static final String B = "id=2 amount=20 name=b";
    private static final String C = "id=3 amount=30 name=c";

    /// What changes, and the rows that are there after the second run: refreshed, appended, merged.
    protected enum Drift {
        MORE_ROWS(rows(A, B, C), rows(A, B, C), rows(A, B, C)),
        COLUMN_ADDED(
                rows(A, B, "id=3 amount=30 more=m name=c"),
                rows(A, B, "id=3 amount=30 more=m name=c"),
                rows(A, B, "id=3 amount=30 more=m name=c")),
        COLUMN_DROPPED(
                rows("id=1 name=a", "id=2 name=B", "id=3 name=c"),
                rows(A, B, "id=2 name=B", "id=3 name=c"),
                rows(A, "id=2 amount=20 name=B", "id=3 name=c")),
        COLUMN_RENAMED(
                rows("id=1 name=a total=10", "id=2 name=b total=20", "id=3 name=c total=30"),
                rows(A, B, "id=3 name=c total=30"),
                rows(A, B, "id=3 name=c total=30")),
        TYPE_WIDENED(
                rows(A, B, "id=3 amount=1099511627776 name=c"),
                rows(A, B, "id=3 amount=1099511627776 name=c"),
                rows(A, B, "id=3 amount=1099511627776 name=c")),
        TYPE_NARROWED(rows(A, B, C), rows(A, B, C), rows(A, B, C)),
        TYPE_CHANGED(rows(A, B, "id=3 amount=x name=c"), rows(A, B), rows(A, B)),
        COLUMNS_REORDERED(rows(A, B, C), rows(A, B, C), rows(A, B, C)),
        KEY_DROPPED(rows(A, B, C), rows(A, B, C), rows(A, B, C)),
        KEY_CHANGED(rows(A, B, C), rows(A, B, C), rows(A, B, C)),
        TABLE_MADE_ANEW(
                rows("id=1 amount=90 name=z"), rows(A, "id=1 amount=90 name=z", B), rows("id=1 amount=90 name=z", B)),
        TABLE_EMPTIED(
                rows("id=5 amount=50 name=e"),
                rows(A, B, "id=5 amount=50 name=e"),
                rows(A, B, "id=5 amount=50 name=e")),
        TABLE_TRUNCATED(
                rows("id=5 amount=50 name=e"),
                rows(A, B, "id=5 amount=50 name=e"),
                rows(A, B, "id=5 amount=50 name=e"));

        private final Map<Mode, List<String>> outcomes;

        Drift(List<String> refreshed, List<String> appended, List<String> merged) {
            outcomes = Map.of(Mode.REFRESH, refreshed, Mode.APPEND, appended, Mode.MERGE, merged);
        }

        private static List<String> rows(String... lines) {
            return List.of(lines);
        }

        String table() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// What the second run says when it can't go on; none: it can.
        private List<String> refused(Mode mode, DriftContract of) {
            if (mode == Mode.REFRESH) {
                return List.of();
            }
            return switch (this) {
                case TYPE_CHANGED -> List.of("W4008", "'amount'");
                case KEY_DROPPED -> of.needsKey() ? List.of("W1006", "sync_mode incremental") : List.of();
                default -> List.of();
            };
        }

        /// The rows when new columns are not read.
        private List<String> discarding(Mode mode) {
            return switch (this) {
                case COLUMN_ADDED -> rows(A, B, C);
                case COLUMN_RENAMED ->
                    mode == Mode.REFRESH
                            ? rows("id=1 name=a", "id=2 name=b", "id=3 name=c")
                            : rows(A, B, "id=3 name=c");
                default -> outcomes.get(mode);
            };
        }

        /// What a frozen run says of it; none: the run does not mind.
        private List<String> frozen(Mode mode, DriftContract of) {
            boolean replaced = mode != Mode.REFRESH && of.tellsTables();
            return switch (this) {
                case MORE_ROWS -> List.of();
                case COLUMN_ADDED -> List.of("column 'more'", "is new (contract: columns)");
                case COLUMN_DROPPED -> List.of("column 'amount' is gone (contract: missing)");
                case COLUMN_RENAMED ->
                    List.of(
                            "column 'total'",
                            "is new (contract: columns)",
                            "column 'amount' is gone (contract: missing)");
                case TYPE_WIDENED, TYPE_NARROWED ->
                    of.tellsIntegers() ? List.of("column 'amount' was", "(contract: types)") : List.of();
                case TYPE_CHANGED -> List.of("column 'amount' was", "(contract: types)");
                case COLUMNS_REORDERED, KEY_DROPPED, TABLE_MADE_ANEW, TABLE_TRUNCATED ->
                    replaced ? List.of(of.replaced(this), "(contract: table)") : List.of();
                case KEY_CHANGED -> mode == Mode.REFRESH ? List.of() : of.rekeyedTold();
                case TABLE_EMPTIED -> List.of();
            };
        }
    }

    @TempDir
    Path folder;

    /// Runs a command in this process.
    private static ChildResult wisent(Path in, String... arguments) {
        return new ChildCommand(in, List.of(arguments), List.of(), OptionalLong.empty()).here();
    }

    /// Statements of somebody else in the source of a mode, a database of its own.
    protected abstract void run(String mode, String... statements) throws Exception;

    /// The keys of the source of a mode, for streams of these tables.
    protected abstract String source(String mode, List<String> tables);

    /// The keys of the destination of a mode.
    protected abstract String destination(String mode);

    /// Where the targets of a mode are.
    protected abstract TestDatabase targets(String mode);

    /// The table of one, as statements name it.
    protected String target(String mode, String table) {
        return table;
    }

    /// The cursor of a row as SQL: higher with each call.
    protected abstract String cursor();

    /// The type of a cursor.
    protected abstract String cursorType();

    /// Changes the type of column `amount`.
    protected abstract List<String> retyped(String table, String type);

    /// Whether integers of one width are another type than those of another.
    protected boolean tellsIntegers() {
        return true;
    }

    /// Whether a table that takes the place of another one is told from it.
    protected boolean tellsTables() {
        return false;
    }

    /// Whether contracts and full refreshes are looked at every day, or by the sweep alone: what contracts do is done before a
    /// database is asked for rows, and a refresh reads anew whatever changed.
    protected boolean contractsAreEveryday() {
        return true;
    }

    /// What is said of such a table.
    protected String replaced(Drift drift) {
        throw new AssertionError("nothing tells " + drift);
    }

    /// Makes `amount` the key in place of `id`.
    protected List<String> rekeyed(String table) {
        return copied(
                table,
                COLUMNS.replace(" PRIMARY KEY", "").replace("amount INTEGER", "amount INTEGER PRIMARY KEY"),
                "*",
                "SELECT 1");
    }

    /// What a frozen run says of that; none: it does not mind.
    protected List<String> rekeyedTold() {
        return List.of();
    }

    /// Statements that empty a table at once.
    protected String truncate(String table) {
        return "DELETE FROM " + table;
    }

    /// Waits until rows that were written are final.
    protected void settle() throws InterruptedException {}

    /// Whether an incremental read is refused without a key of the table's own, whatever the pipeline says.
    protected boolean needsKey() {
        return false;
    }

    private static final String COLUMNS = "id INTEGER PRIMARY KEY, name TEXT, amount INTEGER, seen CURSOR";

    private String create(String table, String columns) {
        return "CREATE TABLE " + table + " (" + columns.replace("CURSOR", cursorType()) + ")";
    }

    private String row(String table, int id, String name, Object amount) {
        return "INSERT INTO " + table + " (id, name, amount, seen) VALUES (" + id + ", '" + name + "', " + amount + ", "
                + cursor() + ")";
    }

    private List<String> statements(Drift drift) {
        String table = drift.table();
        String more = row(table, 3, "c", 30);
        return switch (drift) {
            case MORE_ROWS -> List.of(more);
            case COLUMN_ADDED ->
                List.of(
                        "ALTER TABLE " + table + " ADD COLUMN more TEXT",
                        more,
                        "UPDATE " + table + " SET more = 'm' WHERE id = 3");
            case COLUMN_DROPPED ->
                List.of(
                        more,
                        "UPDATE " + table + " SET name = 'B', seen = " + cursor() + " WHERE id = 2",
                        "ALTER TABLE " + table + " DROP COLUMN amount");
            case COLUMN_RENAMED -> List.of(more, "ALTER TABLE " + table + " RENAME COLUMN amount TO total");
            case TYPE_WIDENED -> then(retyped(table, "BIGINT"), row(table, 3, "c", 1L << 40));
            case TYPE_NARROWED -> then(retyped(table, "SMALLINT"), more);
            case TYPE_CHANGED -> then(retyped(table, "TEXT"), row(table, 3, "c", "'x'"));
            case COLUMNS_REORDERED ->
                copied(
                        table,
                        "amount INTEGER, seen CURSOR, id INTEGER PRIMARY KEY, name TEXT",
                        "amount, seen, id, name",
                        more);
            case KEY_DROPPED -> copied(table, COLUMNS.replace(" PRIMARY KEY", ""), "*", more);
            case KEY_CHANGED -> then(rekeyed(table), more);
            case TABLE_MADE_ANEW -> List.of("DROP TABLE " + table, create(table, COLUMNS), row(table, 1, "z", 90));
            case TABLE_EMPTIED -> List.of("DELETE FROM " + table, row(table, 5, "e", 50));
            case TABLE_TRUNCATED -> List.of(truncate(table), row(table, 5, "e", 50));
        };
    }

    private List<String> copied(String table, String columns, String values, String last) {
        return List.of(
                "ALTER TABLE " + table + " RENAME TO old_" + table,
                create(table, columns),
                "INSERT INTO " + table + " SELECT " + values + " FROM old_" + table,
                "DROP TABLE old_" + table,
                last);
    }

    private static List<String> then(List<String> statements, String last) {
        List<String> all = new ArrayList<>(statements);
        all.add(last);
        return all;
    }

    @TestFactory
    Stream<DynamicTest> a_table_that_changed_between_two_runs() {
        return cells(Contract.EVOLVE, contractsAreEveryday() ? List.of(Mode.values()) : INCREMENTAL, this::evolved);
    }

    @TestFactory
    Stream<DynamicTest> a_table_that_changed_and_is_frozen() {
        return cells(Contract.FREEZE, everyday(), this::frozen);
    }

    @TestFactory
    Stream<DynamicTest> a_table_that_changed_and_whose_new_columns_are_not_wanted() {
        return cells(Contract.DISCARD_VALUE, everyday(), this::discarded);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_table_that_changed_between_two_full_refreshes() {
        return cells(Contract.EVOLVE, List.of(Mode.REFRESH), this::evolved);
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> a_table_that_changed_and_is_frozen_or_has_columns_that_are_not_wanted() {
        return Stream.concat(
                cells(Contract.FREEZE, sweep(), this::frozen), cells(Contract.DISCARD_VALUE, sweep(), this::discarded));
    }

    private List<String> evolved(Drift drift, Mode mode, ChildResult second) {
        List<String> words = drift.refused(mode, this);
        if (words.isEmpty()) {
            return drift.outcomes.get(mode);
        }
        assertThat(second.exit()).isEqualTo(1);
        assertThat(said(second, drift)).contains(words);
        return List.of(A, B);
    }

    private List<String> frozen(Drift drift, Mode mode, ChildResult second) {
        List<String> words = drift.frozen(mode, this);
        boolean refusedFirst = drift == Drift.KEY_DROPPED && needsKey() && mode != Mode.REFRESH;
        if (words.isEmpty() || refusedFirst) {
            return evolved(drift, mode, second);
        }
        assertThat(second.exit()).isEqualTo(1);
        assertThat(said(second, drift)).contains(words).contains("W2005");
        return List.of(A, B);
    }

    private List<String> discarded(Drift drift, Mode mode, ChildResult second) {
        if (drift == Drift.COLUMN_ADDED) {
            assertThat(second.err()).contains("column 'more'", "new and not read");
        }
        return drift.refused(mode, this).isEmpty() ? drift.discarding(mode) : evolved(drift, mode, second);
    }

    /// The part of what was said that is about the stream of a drift.
    private static String said(ChildResult run, Drift drift) {
        return run.err()
                .lines()
                .filter(line -> line.contains("stream ") && line.contains(drift.table() + ": W"))
                .collect(Collectors.joining());
    }

    /// What a cell of the table holds: the rows of the target, from what the second run said.
    private interface Cell {
        List<String> rows(Drift drift, Mode mode, ChildResult second);
    }

    private Stream<DynamicTest> cells(Contract contract, List<Mode> modes, Cell cell) {
        return modes.stream().flatMap(mode -> {
            String name = (mode.name() + "_" + contract.name()).toLowerCase(Locale.ROOT);
            ChildResult second = played(mode, contract, name);
            return Arrays.stream(Drift.values())
                    .map(drift -> DynamicTest.dynamicTest(
                            drift.table() + ", " + name,
                            () -> assertThat(lines(targets(name).rows("SELECT * FROM " + target(name, drift.table()))))
                                    .as(second.err())
                                    .isEqualTo(cell.rows(drift, mode, second))));
        });
    }

    private ChildResult played(Mode mode, Contract contract, String name) {
        List<String> tables = Arrays.stream(Drift.values()).map(Drift::table).toList();
        try {
            for (Drift drift : Drift.values()) {
                String table = drift.table();
                run(name, create(table, COLUMNS), row(table, 1, "a", 10), row(table, 2, "b", 20));
            }
            Path in = Files.createDirectories(folder.resolve(name));
            write(in, mode, contract, name, tables);
            settle();
            ChildResult first = wisent(in, "run", "p.yml");
            assertThat(first.exit()).as(first.err()).isZero();
            for (Drift drift : Drift.values()) {
                run(name, statements(drift).toArray(String[]::new));
            }
            settle();
            return wisent(in, "run", "p.yml");
        } catch (Exception e) {
            throw new AssertionError(name, e);
        }
    }

    private void write(Path in, Mode mode, Contract contract, String name, List<String> tables) throws IOException {
        Files.writeString(in.resolve("p.yml"), """
                name: %s
                source: {%s, %s%s}
                destination: {%s, destination_id: "{table}"%s}}
                """.formatted(
                name, source(name, tables), mode.source, contract.key(mode), destination(name), mode.destination));
    }

    private static List<String> lines(List<Map<String, String>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, String> sorted =
                            new TreeMap<>(Comparator.comparing(key -> key.equals("id") ? "" : key));
                    sorted.putAll(row);
                    sorted.remove("seen");
                    return sorted.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining(" "));
                })
                .sorted()
                .toList();
    }
}
