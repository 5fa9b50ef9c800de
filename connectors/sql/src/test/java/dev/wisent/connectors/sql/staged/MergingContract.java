package dev.wisent.connectors.sql.staged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Claimant;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitId;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Head;
import dev.wisent.api.commit.Role;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.destination.WriteRequest;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How rows meet those that are there by their key, whatever a destination merges them with.
public abstract class MergingContract {
    protected static final StreamId STREAM = new StreamId("orders");
    protected static final TargetId TARGET = new TargetId("orders");
    protected static final Schema ORDERS = Schema.of(
            Field.nullable("id", DataType.INT64),
            Field.nullable("name", DataType.STRING),
            Field.nullable("amount", DataType.INT64),
            Field.nullable("at", DataType.TIMESTAMP));
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final List<Destination> opened = new ArrayList<>();
    private Optional<Destination> destination = Optional.empty();
    private long n;
    private long claim;

    /// A destination at the place of this test, with these keys beside those of the place.
    protected abstract Destination open(Map<String, ?> keys, Optional<String> cursor);

    /// The rows `query` gives, as texts, null as `-`, read without the connector's code.
    protected abstract List<String> read(String query) throws Exception;

    /// Statements of somebody else.
    protected abstract void run(String... statements) throws Exception;

    /// The table of [#TARGET], as statements name it.
    protected abstract String table();

    /// Proves that rows are looked up by `columns`: an index of Wisent's over them alone, or rows in their order.
    ///
    /// @param rows a condition: those of one commit
    protected abstract void assertLookedUpBy(List<String> columns, String rows) throws Exception;

    protected static final Schema BASKETS = Schema.of(
            Field.nullable("id", DataType.INT64),
            Field.nullable("at", DataType.TIMESTAMP),
            Field.nullable(
                    "items",
                    new DataType.ListOf(new DataType.Struct(List.of(
                            Field.nullable("sku", DataType.STRING),
                            Field.nullable("tags", new DataType.ListOf(DataType.STRING)))))));

    protected static List<Object> item(String sku, String... tags) {
        return List.of(sku, List.of(tags));
    }

    /// Rows, their items and the tags of these: what agrees with each other.
    protected final List<String> baskets() throws Exception {
        List<String> all = read("SELECT o.id, i._wisent_index, i.sku, t._wisent_index, t.value FROM " + table()
                + " o LEFT JOIN " + table() + "__items i ON i._wisent_parent_id = o.items LEFT JOIN " + table()
                + "__items__tags t ON t._wisent_parent_id = i.tags ORDER BY 1, 2, 4");
        assertThat(read("SELECT count(*) FROM " + table() + "__items i WHERE NOT EXISTS (SELECT 1 FROM " + table()
                        + " o WHERE o.items = i._wisent_parent_id)"))
                .containsExactly("0");
        assertThat(read("SELECT count(*) FROM " + table() + "__items__tags t WHERE NOT EXISTS (SELECT 1 FROM " + table()
                        + "__items i WHERE i.tags = t._wisent_parent_id)"))
                .containsExactly("0");
        return all;
    }

    private void startWithChildTables(Optional<String> cursor) {
        start(Map.of("child_tables", 2, "deletes", "remove"), cursor);
    }

    @Test
    void lists_become_tables_of_their_own_and_are_replaced_with_their_rows() throws Exception {
        startWithChildTables(Optional.empty());
        append(
                BASKETS,
                put("id", 1, "items", List.of(item("a", "x", "y"), item("b"))),
                put("id", 2, "items", Optional.empty()),
                put("id", 3, "items", List.of()));
        append(BASKETS, put("id", 4, "items", List.of(item("c", "z"))));
        assertThat(baskets())
                .containsExactly("1|0|a|0|x", "1|0|a|1|y", "1|1|b|-|-", "2|-|-|-|-", "3|-|-|-|-", "4|0|c|0|z");
        assertThat(read("SELECT id FROM " + table() + " WHERE items IS NULL")).containsExactly("2");

        refresh(BASKETS, put("id", 5, "items", List.of(item("d", "w"))));
        assertThat(baskets()).containsExactly("5|0|d|0|w");
        refresh(BASKETS, put("id", 6, "items", List.of()));
        assertThat(baskets()).containsExactly("6|-|-|-|-");
        append(BASKETS, put("id", 7, "items", List.of(item("e", "v"))));
        assertThat(baskets()).containsExactly("6|-|-|-|-", "7|0|e|0|v");
    }

    @Test
    void elements_of_rows_that_are_merged_are_those_of_the_row_that_stays() throws Exception {
        startWithChildTables(Optional.of("at"));
        merge(
                BASKETS,
                put("id", 1, "at", 10, "items", List.of(item("old", "o"))),
                put("id", 1, "at", 20, "items", List.of(item("a", "x"), item("b", "y"))),
                put("id", 2, "at", 10, "items", List.of(item("kept", "k"))),
                put("id", 3, "at", 10, "items", List.of(item("gone", "g"))));
        assertThat(baskets()).containsExactly("1|0|a|0|x", "1|1|b|0|y", "2|0|kept|0|k", "3|0|gone|0|g");

        merge(
                BASKETS,
                put("id", 1, "at", 15, "items", List.of(item("older", "p"))),
                put("id", 2, "at", 30),
                row(RowOp.DELETE, "id", 3));
        assertThat(baskets()).containsExactly("1|0|a|0|x", "1|1|b|0|y", "2|0|kept|0|k");

        merge(BASKETS, put("id", 1, "at", 40, "items", List.of(item("c"))), put("id", 2, "at", 40, "items", List.of()));
        assertThat(baskets()).containsExactly("1|0|c|-|-", "2|-|-|-|-");
        merge(BASKETS, put("id", 2, "at", 50, "items", List.of(item("d", "z"))), row(RowOp.DELETE, "id", 1));
        assertThat(baskets()).containsExactly("2|0|d|0|z");
    }

    @Test
    void elements_of_rows_that_wait_for_their_publication_come_with_them() throws Exception {
        startWithChildTables(Optional.empty());
        merge(BASKETS, put("id", 1, "items", List.of(item("a", "x"))), put("id", 2, "items", List.of(item("b", "y"))));
        Head head = next();
        GenerationId window = new GenerationId(head.n());
        in(new Commit.Begin(head, new Generation(window, Generation.Kind.APPEND), "f", StreamState.EMPTY));
        List<String> key = List.of("id");
        in(data(
                window,
                Commit.Mode.MERGE,
                written(window, key, BASKETS, put("id", 1, "items", List.of(item("c", "z"))))));
        in(data(
                window,
                Commit.Mode.MERGE,
                written(window, key, BASKETS, put("id", 3), put("id", 1, "items", List.of(item("d"))))));
        assertThat(baskets()).containsExactly("1|0|a|0|x", "2|0|b|0|y");

        in(new Commit.Publish(next(), window));
        assertThat(baskets()).containsExactly("1|0|d|-|-", "2|0|b|0|y", "3|-|-|-|-");
    }

    /// The comment on a column of the table; empty: there is none.
    protected abstract Optional<String> comment(String column) throws Exception;

    /// Whether columns have comments in this database.
    protected boolean hasComments() {
        return true;
    }

    @AfterEach
    void close() {
        opened.forEach(Destination::close);
    }

    protected final Destination start(Map<String, ?> keys, Optional<String> cursor) {
        Destination made = open(keys, cursor);
        opened.add(made);
        destination = Optional.of(made);
        n = made.progress(STREAM).lane(LaneId.FIRST).last();
        Head head = next();
        claim = head.n();
        in(new Commit.Claim(head, new Claimant(head.run(), "here", 1, Instant.EPOCH, Role.READ)));
        return made;
    }

    protected final Destination start(Map<String, ?> keys) {
        return start(keys, Optional.empty());
    }

    protected final Head next() {
        return new Head(
                new CommitId("c" + NUMBERS.incrementAndGet()), STREAM, LaneId.FIRST, ++n, new RunId("r" + claim));
    }

    protected final void in(Commit commit) {
        assertThat(destination.orElseThrow().commit(commit))
                .isEqualTo(new CommitOutcome.Committed(commit.head().n()));
    }

    /// The last commit was refused: its number is still to be had.
    protected final void again() {
        n--;
    }

    protected final GenerationId live() {
        return destination.orElseThrow().progress(STREAM).live().id();
    }

    /// A row; `values` by column name, what is not named is absent, and an empty Optional is null.
    protected record Row(RowOp op, Map<String, Optional<?>> values) {}

    protected static Row row(RowOp op, Object... keysAndValues) {
        Map<String, Optional<?>> values = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            values.put(
                    (String) keysAndValues[i], value instanceof Optional<?> optional ? optional : Optional.of(value));
        }
        return new Row(op, values);
    }

    protected static Row put(Object... keysAndValues) {
        return row(RowOp.INSERT, keysAndValues);
    }

    private static RecordBatch batch(Schema schema, Row... rows) {
        RecordBatch batch = RecordBatch.of(schema);
        RowOp[] ops = new RowOp[rows.length];
        for (int i = 0; i < rows.length; i++) {
            ops[i] = rows[i].op();
            for (int c = 0; c < schema.size(); c++) {
                Optional<?> value = rows[i].values().get(schema.field(c).name());
                if (value != null) {
                    append(batch.column(c), value);
                }
            }
            batch.endRow();
        }
        return batch.operate(ops);
    }

    private static void append(Column to, Optional<?> value) {
        switch (to) {
            case Column c when value.isEmpty() -> c.appendNull();
            case LongColumn c -> c.append(((Number) value.get()).longValue());
            case DoubleColumn c -> c.append(((Number) value.get()).doubleValue());
            case BytesColumn c -> c.append(value.get().toString());
            case ListColumn c -> {
                ((List<?>) value.get()).forEach(element -> append(c.elements(), Optional.of(element)));
                c.endRow();
            }
            case StructColumn c -> {
                List<?> values = (List<?>) value.get();
                for (int i = 0; i < values.size(); i++) {
                    append(c.children().get(i), Optional.of(values.get(i)));
                }
                c.endRow();
            }
            default -> throw new IllegalArgumentException(to.type().text());
        }
    }

    /// Fragments of rows that are merged, in a generation of their own.
    protected final List<Fragment> written(GenerationId generation, Row... rows) {
        return written(generation, List.of("id"), ORDERS, rows);
    }

    /// Fragments of rows, one of each list.
    protected final List<Fragment> written(List<String> key, Schema schema, Row... rows) {
        return written(live(), key, schema, rows);
    }

    protected final List<Fragment> written(GenerationId generation, List<String> key, Schema schema, Row... rows) {
        WriteRequest request = new WriteRequest(
                STREAM, LaneId.FIRST, new RunId("r" + claim), claim, 0, generation, Shipping.inline(), key);
        try (LaneWriter writer = destination.orElseThrow().open(request)) {
            writer.target(TARGET, schema).write(batch(schema, rows));
            return writer.flush().fragments().join();
        }
    }

    protected final Commit.Data data(GenerationId generation, Commit.Mode mode, List<Fragment> fragments) {
        long count = fragments.stream().mapToLong(Fragment::rows).sum();
        Head head = next();
        return new Commit.Data(
                head,
                generation,
                mode,
                List.of(new Advance(new SplitId("s" + head.id()), Position.START, Position.at(count), true)),
                fragments,
                new Change(Optional.empty(), List.of(), new Counts(count, 0, count, 0, 0, 0, 0, 0, 0), List.of()));
    }

    protected final void append(Schema schema, Row... rows) {
        in(data(live(), Commit.Mode.APPEND, written(List.of(), schema, rows)));
    }

    protected final void merge(Row... rows) {
        merge(ORDERS, rows);
    }

    protected final void merge(Schema schema, Row... rows) {
        in(data(live(), Commit.Mode.MERGE, written(List.of("id"), schema, rows)));
    }

    /// One commit of rows that one writer wrote, each with its own schema.
    protected final void mergeOfSeveral(List<Schema> schemas, List<Row> rows) {
        WriteRequest request = new WriteRequest(
                STREAM, LaneId.FIRST, new RunId("r" + claim), claim, 0, live(), Shipping.inline(), List.of("id"));
        try (LaneWriter writer = destination.orElseThrow().open(request)) {
            for (int i = 0; i < rows.size(); i++) {
                writer.target(TARGET, schemas.get(i)).write(batch(schemas.get(i), rows.get(i)));
            }
            in(data(live(), Commit.Mode.MERGE, writer.flush().fragments().join()));
        }
    }

    protected final void refresh(Schema schema, Row... rows) {
        Head head = next();
        GenerationId generation = new GenerationId(head.n());
        in(new Commit.Begin(head, new Generation(generation, Generation.Kind.REPLACE), "f", StreamState.EMPTY));
        in(data(generation, Commit.Mode.APPEND, written(generation, List.of(), schema, rows)));
        in(new Commit.Publish(next(), generation));
    }

    protected final List<String> rows(String columns) throws Exception {
        return read("SELECT " + columns + " FROM " + table() + " ORDER BY id");
    }

    @Test
    void rows_are_looked_up_by_their_clustering_keys_also_after_a_refresh_and_with_other_keys() throws Exception {
        start(Map.of("clustering_keys", List.of("name", "id")));
        append(ORDERS, put("id", 2, "name", "z"), put("id", 3, "name", "b"), put("id", 1, "name", "b"));
        assertLookedUpBy(List.of("name", "id"), "id < 10");
        append(ORDERS, put("id", 11, "name", "y"), put("id", 12, "name", "a"));
        assertLookedUpBy(List.of("name", "id"), "id > 10");

        refresh(ORDERS, put("id", 1, "name", "z"), put("id", 2, "name", "c"), put("id", 3, "name", "a"));
        assertLookedUpBy(List.of("name", "id"), "id < 10");

        start(Map.of("clustering_keys", List.of("amount")));
        append(ORDERS, put("id", 11, "amount", 7), put("id", 12, "amount", 6), put("id", 13, "amount", 8));
        assertLookedUpBy(List.of("amount"), "id > 10");
        merge(put("id", 12, "name", "merged"), put("id", 22, "amount", 3), put("id", 21, "amount", 2));
        assertLookedUpBy(List.of("amount"), "id > 20");
        assertThat(rows("id, name, amount"))
                .containsExactly("1|z|-", "2|c|-", "3|a|-", "11|-|7", "12|merged|6", "13|-|8", "21|-|2", "22|-|3");
    }

    @Test
    void rows_that_join_others_at_their_end_are_looked_up_the_same_way() throws Exception {
        start(Map.of("clustering_keys", List.of("name")));
        Head head = next();
        GenerationId window = new GenerationId(head.n());
        in(new Commit.Begin(head, new Generation(window, Generation.Kind.APPEND), "f", StreamState.EMPTY));
        in(data(window, Commit.Mode.APPEND, written(window, List.of(), ORDERS, put("id", 1, "name", "x"))));
        in(data(window, Commit.Mode.APPEND, written(window, List.of(), ORDERS, put("id", 2, "name", "b"))));
        in(new Commit.Publish(next(), window));

        assertThat(rows("id, name")).containsExactly("1|x", "2|b");
        assertLookedUpBy(List.of("name"), "id > 0");
    }

    @Test
    void columns_keep_what_is_said_of_them_and_rows_without_a_value_stay_without() throws Exception {
        Schema noted = Schema.of(
                Field.nullable("id", DataType.INT64),
                Field.nullable("name", DataType.STRING).noted(new FieldNotes("who's \"it\"", Optional.of("it's new"))),
                Field.nullable("amount", DataType.INT64).noted(new FieldNotes("", Optional.of("7"))),
                Field.nullable("price", new DataType.Decimal(9, 2)).noted(new FieldNotes("", Optional.of("1.5"))),
                Field.nullable("open", DataType.BOOL).noted(new FieldNotes("", Optional.of("true"))));
        start(Map.of());
        append(noted, put("id", 1), put("id", 2, "name", Optional.empty(), "amount", Optional.empty()));
        append(Schema.of(Field.nullable("id", DataType.INT64)), put("id", 3));
        run("INSERT INTO " + table() + " (id) VALUES (4)");
        assertThat(rows("id, name, amount, price, open").stream().map(row -> row.replace("true", "1")))
                .containsExactly("1|-|-|-|-", "2|-|-|-|-", "3|-|-|-|-", "4|it's new|7|1.50|1");

        refresh(noted, put("id", 5));
        run("INSERT INTO " + table() + " (id) VALUES (6)");
        assertThat(rows("id, name, amount")).containsExactly("5|-|-", "6|it's new|7");
        assertThat(comment("name")).isEqualTo(hasComments() ? Optional.of("who's \"it\"") : Optional.empty());
        assertThat(comment("amount")).isEmpty();
    }

    @Test
    void a_column_that_is_added_keeps_its_description_and_older_rows_get_no_default() throws Exception {
        start(Map.of());
        append(Schema.of(Field.nullable("id", DataType.INT64)), put("id", 1));
        Field more = Field.nullable("more", DataType.INT64).noted(new FieldNotes("what came later", Optional.of("7")));
        append(Schema.of(Field.nullable("id", DataType.INT64), more), put("id", 2, "more", 3));

        assertThat(rows("id, more")).containsExactly("1|-", "2|3");
        assertThat(comment("more")).isEqualTo(hasComments() ? Optional.of("what came later") : Optional.empty());
    }

    @Test
    void a_clustering_key_that_is_no_column_is_refused() {
        Destination made = start(Map.of("clustering_keys", List.of("nmae")));

        assertThatThrownBy(() -> append(ORDERS, put("id", 1)))
                .isInstanceOfSatisfying(WisentException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_REFUSED);
                    assertThat(refused.what()).contains("no column 'nmae'");
                });
        assertThatThrownBy(() -> made.ddl(STREAM, TARGET, ORDERS, List.of(), Optional.empty()))
                .hasMessageContaining("no column 'nmae'");
    }

    @Test
    void the_last_row_of_a_key_stays() throws Exception {
        start(Map.of());
        merge(put("id", 1, "name", "a"), put("id", 2, "name", "b"), put("id", 1, "name", "c"));
        merge(put("id", 2, "name", "d"), put("id", 3, "name", "e"));

        assertThat(rows("id, name")).containsExactly("1|c", "2|d", "3|e");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void changes_leave_the_same_however_many_a_commit_has(int most) throws Exception {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        Map<Integer, Map<String, Object>> left = new TreeMap<>();
        start(Map.of("deletes", "remove"));
        for (int commit = 0; commit < 10; commit++) {
            Row[] changes = new Row[1 + random.nextInt(most)];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = change(random, left);
            }
            merge(changes);

            assertThat(rows("id, name, amount"))
                    .as("seed " + seed + ", commit " + commit)
                    .isEqualTo(left.entrySet().stream()
                            .map(row -> row.getKey() + "|" + row.getValue().getOrDefault("name", "-") + "|"
                                    + row.getValue().getOrDefault("amount", "-"))
                            .toList());
        }
    }

    private static Row change(Random random, Map<Integer, Map<String, Object>> left) {
        int id = random.nextInt(8);
        if (random.nextInt(5) == 0) {
            left.remove(id);
            return row(RowOp.DELETE, "id", id);
        }
        Map<String, Object> values = left.computeIfAbsent(id, i -> new HashMap<>());
        List<Object> said = new ArrayList<>(List.of("id", id));
        for (String column : List.of("name", "amount")) {
            if (random.nextInt(3) > 0) {
                int value = random.nextInt(100);
                values.put(column, value);
                said.addAll(List.of(column, value));
            }
        }
        return row(random.nextBoolean() ? RowOp.INSERT : RowOp.UPDATE, said.toArray());
    }

    @Test
    void an_older_cursor_never_overwrites_a_newer_row() throws Exception {
        start(Map.of(), Optional.of("at"));
        merge(put("id", 1, "name", "new", "at", 200), put("id", 1, "name", "old", "at", 100));
        merge(put("id", 1, "name", "older", "at", 150), put("id", 2, "name", "b", "at", 5));
        merge(put("id", 2, "name", "equal", "at", 5), put("id", 1, "name", "unknown", "at", Optional.empty()));

        assertThat(rows("id, name")).containsExactly("1|new", "2|equal");
    }

    @Test
    void what_a_row_says_nothing_about_keeps_its_value() throws Exception {
        start(Map.of());
        merge(put("id", 1, "name", "a", "amount", 10), put("id", 2, "name", "b", "amount", 20));
        merge(put("id", 1, "amount", 11), put("id", 2, "name", Optional.empty()), put("id", 1, "name", "z"));

        assertThat(rows("id, name, amount")).containsExactly("1|z|11", "2|-|20");
    }

    @Test
    void deleted_rows_go_away() throws Exception {
        start(Map.of("deletes", "remove"));
        merge(put("id", 1, "name", "a"), put("id", 2, "name", "b"), put("id", 3, "name", "c"));
        merge(row(RowOp.DELETE, "id", 1), row(RowOp.DELETE, "id", 2), put("id", 2, "name", "again"));

        assertThat(rows("id, name")).containsExactly("2|again", "3|c");
    }

    @Test
    void an_older_deletion_leaves_a_newer_row() throws Exception {
        start(Map.of("deletes", "remove"), Optional.of("at"));
        merge(put("id", 1, "name", "a", "at", 100), put("id", 2, "name", "b", "at", 100));
        merge(row(RowOp.DELETE, "id", 1, "at", 50), row(RowOp.DELETE, "id", 2));

        assertThat(rows("id, name")).containsExactly("1|a");
    }

    @Test
    void a_row_that_is_written_after_its_deletion_is_new_where_the_deletion_is_newer_than_what_is_there()
            throws Exception {
        start(Map.of("deletes", "remove"), Optional.of("at"));
        merge(put("id", 1, "name", "a", "amount", 1, "at", 55), put("id", 2, "name", "b", "amount", 2, "at", 45));
        merge(
                row(RowOp.DELETE, "id", 1, "at", 50),
                put("id", 1, "amount", 9, "at", 60),
                row(RowOp.DELETE, "id", 2, "at", 50),
                put("id", 2, "amount", 9, "at", 60));

        assertThat(rows("id, name, amount")).containsExactly("1|a|9", "2|-|9");
    }

    @Test
    void deleted_rows_are_marked() throws Exception {
        start(Map.of("deletes", "mark"));
        merge(put("id", 1, "name", "a"), put("id", 2, "name", "b"));
        merge(row(RowOp.DELETE, "id", 1));

        assertThat(rows("id, name, _wisent_deleted_at IS NULL AS here").stream()
                        .map(row -> row.replace("true", "1").replace("false", "0")))
                .containsExactly("1|a|0", "2|b|1");
        merge(put("id", 1, "name", "back"));
        assertThat(read("SELECT id FROM " + table() + " WHERE _wisent_deleted_at IS NOT NULL"))
                .isEmpty();
    }

    @Test
    void deleted_rows_are_kept() throws Exception {
        start(Map.of("deletes", "ignore"));
        merge(put("id", 1, "name", "a"));
        merge(row(RowOp.DELETE, "id", 1), row(RowOp.DELETE, "id", 7), row(RowOp.TRUNCATE));

        assertThat(rows("id, name")).containsExactly("1|a");
    }

    @Test
    void a_truncation_takes_what_came_before_it() throws Exception {
        start(Map.of("deletes", "remove"));
        merge(put("id", 1, "name", "a"), put("id", 2, "name", "b"));
        merge(put("id", 3, "name", "c"), row(RowOp.TRUNCATE), put("id", 2, "name", "after"));

        assertThat(rows("id, name")).containsExactly("2|after");
    }

    @Test
    void rows_that_wait_for_their_publication_are_merged_then() throws Exception {
        start(Map.of("deletes", "remove"));
        merge(put("id", 1, "name", "a", "amount", 1), put("id", 2, "name", "b"));
        Head head = next();
        GenerationId window = new GenerationId(head.n());
        in(new Commit.Begin(head, new Generation(window, Generation.Kind.APPEND), "f", StreamState.EMPTY));
        in(data(window, Commit.Mode.MERGE, written(window, put("id", 1, "name", "x"))));
        in(data(window, Commit.Mode.MERGE, written(window, row(RowOp.DELETE, "id", 2), put("id", 1, "name", "y"))));
        assertThat(rows("id, name")).containsExactly("1|a", "2|b");

        in(new Commit.Publish(next(), window));

        assertThat(rows("id, name, amount")).containsExactly("1|y|1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignore", "mark", "remove"})
    void rows_written_and_deleted_by_one_commit_are_as_by_two(String deletes) throws Exception {
        start(Map.of("deletes", deletes), Optional.of("at"));
        Row deletion = row(RowOp.DELETE, "id", 1, "at", 30);
        merge(put("id", 2, "name", "other", "at", 0));
        merge(put("id", 1, "name", "a", "amount", 5, "at", 10), put("id", 1, "name", "b", "at", 20), deletion);
        String state = deletes.equals("mark") ? ", _wisent_deleted_at IS NOT NULL AS gone" : "";
        List<String> atOnce = rows("id, name, amount" + state);
        assertThat(atOnce).hasSize(deletes.equals("remove") ? 1 : 2);
        run("DELETE FROM " + table() + " WHERE id = 1");

        merge(put("id", 1, "name", "a", "amount", 5, "at", 10));
        merge(put("id", 1, "name", "b", "at", 20));
        merge(deletion);

        assertThat(rows("id, name, amount" + state)).isEqualTo(atOnce);
    }

    @Test
    void a_deletion_without_a_cursor_is_newer_than_what_came_before_it() throws Exception {
        start(Map.of("deletes", "remove"), Optional.of("at"));
        merge(put("id", 1, "name", "a", "at", 100), row(RowOp.DELETE, "id", 1), put("id", 2, "name", "b", "at", 7));
        merge(put("id", 2, "name", "c", "at", 3), row(RowOp.DELETE, "id", 2));
        merge(put("id", 3, "at", 9), row(RowOp.DELETE, "id", 3), put("id", 3, "name", "after", "at", 10));

        assertThat(rows("id, name")).containsExactly("3|after");
    }

    @Test
    void a_column_that_rows_do_not_have_any_more_keeps_its_values() throws Exception {
        start(Map.of());
        merge(put("id", 1, "name", "a", "amount", 10), put("id", 2, "name", "b", "amount", 20));
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("name", DataType.STRING));
        merge(narrow, put("id", 1, "name", "c"), put("id", 3, "name", "new"));

        assertThat(rows("id, name, amount")).containsExactly("1|c|10", "2|b|20", "3|new|-");
    }

    @Test
    void columns_grow_with_the_rows_that_are_merged() throws Exception {
        start(Map.of());
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT32), Field.nullable("name", DataType.STRING));
        merge(narrow, put("id", 1, "name", "a"), put("id", 2, "name", "b"));
        merge(put("id", 1, "name", "c", "amount", 3), put("id", 1L << 40, "amount", 4));

        assertThat(rows("id, name, amount")).containsExactly("1|c|3", "2|b|-", "1099511627776|-|4");
    }

    @Test
    void a_reset_merges_into_the_table_in_the_making() throws Exception {
        start(Map.of("deletes", "remove"));
        merge(put("id", 1, "name", "old"));
        Head head = next();
        GenerationId anew = new GenerationId(head.n());
        in(new Commit.Begin(head, new Generation(anew, Generation.Kind.REPLACE), "f", StreamState.EMPTY));
        in(data(anew, Commit.Mode.MERGE, written(anew, put("id", 2, "name", "a"), put("id", 3, "name", "x"))));
        in(data(anew, Commit.Mode.MERGE, written(anew, put("id", 2, "name", "b"), row(RowOp.DELETE, "id", 3))));
        assertThat(rows("id, name")).containsExactly("1|old");

        in(new Commit.Publish(next(), anew));
        merge(put("id", 2, "name", "c"), put("id", 4, "name", "d"));

        assertThat(rows("id, name")).containsExactly("2|c", "4|d");
    }
}
