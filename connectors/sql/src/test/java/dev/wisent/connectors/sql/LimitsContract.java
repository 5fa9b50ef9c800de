package dev.wisent.connectors.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// As many columns as a table can have, values of 16 MB and many small tables, out of a database into one of the same kind:
/// a few every day, all of them with half a gigabyte in the soak.
public abstract class LimitsContract {
    private static final int LONG = 16 << 20;
    private static final int DAILY_TABLES = 12;
    private static final int SOAK_TABLES = 2_000;
    private static final int SOAK_VALUES = 80;
    /// Twice as many rows each time.
    private static final int SOAK_DOUBLINGS = 13;

    protected static final Duration SOAK = Duration.ofHours(1);

    @TempDir
    Path folder;

    /// Where the tables are.
    protected abstract TestDatabase from();

    /// Where they go.
    protected abstract TestDatabase to();

    /// The keys of the source.
    protected abstract String source();

    /// The keys of the destination, up to where more may follow.
    protected abstract String destination();

    /// As many as a table may have.
    protected abstract int mostColumns();

    /// The first number of columns that a table can't have; 0: there is no limit.
    protected int tooManyColumns() {
        return 0;
    }

    /// How many of the longest values a heap of half a gigabyte takes; that of the soak.
    protected int manyLongValues() {
        return SOAK_VALUES;
    }

    /// How long the longest value is.
    protected int longest() {
        return LONG;
    }

    /// A text of so many characters, another one in each row, as SQL.
    protected abstract String text(int row, int length);

    /// A run into table `wide` of one record.
    protected ChildCommand loading(String record) throws Exception {
        Path rows = folder.resolve("wide.ndjson");
        Files.writeString(rows, record + "\n");
        Files.writeString(
                folder.resolve("p.yml"),
                "name: limits\nsource: {name: files, stream: wide, path: \"" + rows + "\"}\ndestination: {"
                        + destination() + ", destination_id: wide}}\n");
        return ChildCommand.run(folder, "p.yml");
    }

    /// A run with these tables.
    protected ChildCommand moving(List<String> tables, int atOnce) throws Exception {
        Files.writeString(
                folder.resolve("p.yml"), """
                name: limits
                source: {%s, stream: [%s], sync_mode: full_refresh}
                destination: {%s, destination_id: "{table}"}}
                engine: {max_concurrent_streams: %d}
                """.formatted(source(), String.join(", ", tables), destination(), atOnce));
        return new ChildCommand(folder, List.of("run", "p.yml"), List.of(), OptionalLong.empty());
    }

    private static List<String> columns(int count) {
        return IntStream.range(1, count).mapToObj(i -> "c" + i).toList();
    }

    private void wide(int doublings) throws SQLException {
        List<String> names = columns(mostColumns());
        from().run(
                        "CREATE TABLE wide (id INTEGER PRIMARY KEY, " + String.join(" INTEGER, ", names) + " INTEGER)",
                        "INSERT INTO wide VALUES (1, "
                                + names.stream()
                                        .map(name -> name.length() % 2 == 0 ? "NULL" : "" + name.hashCode() % 1000)
                                        .collect(Collectors.joining(", "))
                                + ")");
        for (int i = 0; i < doublings; i++) {
            from().run("INSERT INTO wide SELECT id + " + (1 << i) + ", " + String.join(" + 1, ", names)
                    + " + 1 FROM wide");
        }
    }

    private void isSame(String sql) throws SQLException {
        assertThat(to().lines(sql)).isEqualTo(from().lines(sql)).isNotEmpty();
    }

    private void wideIsSame() throws SQLException {
        isSame("SELECT count(*), "
                + columns(mostColumns()).stream()
                        .map(name -> "sum(" + name + ")")
                        .collect(Collectors.joining(", "))
                + " FROM wide");
    }

    /// Makes a table of them.
    protected void longs(int values) throws SQLException {
        from().run("CREATE TABLE longs (id INTEGER PRIMARY KEY, v " + longType() + ")");
        for (int i = 1; i <= values; i++) {
            from().run("INSERT INTO longs VALUES (" + i + ", " + text(i, longest()) + ")");
        }
    }

    /// The type of a text of 16 MB.
    protected String longType() {
        return "TEXT";
    }

    private List<String> digests(TestDatabase of) throws SQLException {
        List<String> digests = new ArrayList<>();
        try (Connection connection = of.connect();
                Statement statement = connection.createStatement()) {
            for (String id : of.lines("SELECT id FROM longs ORDER BY id")) {
                try (ResultSet row = statement.executeQuery("SELECT v FROM longs WHERE id = " + id)) {
                    assertThat(row.next()).isTrue();
                    String text = row.getString(1);
                    digests.add(id + " " + text.length() + " " + text.hashCode());
                }
            }
        }
        return digests;
    }

    private List<String> small(int tables) throws SQLException {
        List<String> names =
                IntStream.rangeClosed(1, tables).mapToObj(i -> "small" + i).toList();
        List<String> statements = new ArrayList<>();
        for (String name : names) {
            statements.add("CREATE TABLE " + name + " (id INTEGER PRIMARY KEY, v VARCHAR(20))");
            statements.add("INSERT INTO " + name + " VALUES (1, '" + name + "'), (2, NULL)");
        }
        from().run(statements.toArray(String[]::new));
        return names;
    }

    private void smallAreSame(List<String> names) throws SQLException {
        try (Connection connection = to().connect();
                Statement statement = connection.createStatement()) {
            for (String name : names) {
                try (ResultSet row = statement.executeQuery("SELECT count(*), max(v) FROM " + name)) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getInt(1) + row.getString(2)).isEqualTo(2 + name);
                }
            }
        }
    }

    @Test
    void as_many_columns_as_a_table_can_have_a_value_of_16_mb_and_many_tables_come_through() throws Exception {
        wide(2);
        longs(1);
        List<String> all = new ArrayList<>(small(DAILY_TABLES));
        List<String> names = List.copyOf(all);
        all.addAll(List.of("wide", "longs"));

        moving(all, 2).here().exits(0);

        wideIsSame();
        assertThat(digests(to())).isEqualTo(digests(from())).hasSize(1);
        smallAreSame(names);
    }

    @Test
    void one_column_too_many_is_told() throws Exception {
        assumeTrue(tooManyColumns() > 0, "n/a: tables have as many columns as they like");
        ChildResult refused = loading(columns(tooManyColumns() + 1).stream()
                        .map(name -> "\"" + name + "\":true")
                        .collect(Collectors.joining(",", "{", "}")))
                .here()
                .exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4008");
        assertThat(refused.out()).contains("1 to " + (tooManyColumns() - 1) + " columns");
    }

    @Tag("soak")
    @Test
    void values_of_16_mb_and_many_columns_come_through_in_half_a_gigabyte() throws Exception {
        wide(SOAK_DOUBLINGS);
        longs(manyLongValues());

        moving(List.of("wide", "longs"), 1)
                .withJvm("-Xmx512m")
                .start()
                .await(SOAK)
                .exits(0);

        wideIsSame();
        assertThat(digests(to())).isEqualTo(digests(from())).hasSize(manyLongValues());
    }

    @Tag("soak")
    @Test
    void two_thousand_tables_come_through_in_half_a_gigabyte() throws Exception {
        List<String> names = small(SOAK_TABLES);

        moving(List.of("\"small*\""), 4).withJvm("-Xmx512m").start().await(SOAK).exits(0);

        smallAreSame(names);
    }
}
