package dev.wisent.connectors.sql.staged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.Counts;
import dev.wisent.api.LaneId;
import dev.wisent.api.Position;
import dev.wisent.api.RunId;
import dev.wisent.api.SplitId;
import dev.wisent.api.StreamId;
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
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How rows come into tables: merged by their key, into columns that grow, into tables that nobody else changed.
public abstract class LoadingContract {
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

    private Destination start(Map<String, ?> keys) {
        return start(keys, Optional.empty());
    }

    private Head next() {
        return new Head(
                new CommitId("c" + NUMBERS.incrementAndGet()), STREAM, LaneId.FIRST, ++n, new RunId("r" + claim));
    }

    private void in(Commit commit) {
        assertThat(destination.orElseThrow().commit(commit))
                .isEqualTo(new CommitOutcome.Committed(commit.head().n()));
    }

    private GenerationId live() {
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
            default -> throw new IllegalArgumentException(to.type().text());
        }
    }

    /// Fragments of rows, one of each list.
    private List<Fragment> written(List<String> key, Schema schema, Row... rows) {
        WriteRequest request = new WriteRequest(
                STREAM, LaneId.FIRST, new RunId("r" + claim), claim, 0, live(), Shipping.inline(), key);
        try (LaneWriter writer = destination.orElseThrow().open(request)) {
            writer.target(TARGET, schema).write(batch(schema, rows));
            return writer.flush().fragments().join();
        }
    }

    private Commit.Data data(GenerationId generation, Commit.Mode mode, List<Fragment> fragments) {
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

    /// One commit of so many parts, of a row each.
    protected final void appendInParts(int count) {
        List<Fragment> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.addAll(written(List.of(), ORDERS, put("id", i)));
        }
        in(data(live(), Commit.Mode.APPEND, parts));
    }

    protected final void merge(Row... rows) {
        in(data(live(), Commit.Mode.MERGE, written(List.of("id"), ORDERS, rows)));
    }

    protected final void refresh(Schema schema, Row... rows) {
        Head head = next();
        GenerationId generation = new GenerationId(head.n());
        in(new Commit.Begin(
                head, new Generation(generation, Generation.Kind.REPLACE), "f", dev.wisent.api.StreamState.EMPTY));
        in(data(generation, Commit.Mode.APPEND, written(List.of(), schema, rows)));
        in(new Commit.Publish(next(), generation));
    }

    private void refusedWith(ErrorCode code, String part) {
        assertThatThrownBy(() -> append(ORDERS, put("id", 9)))
                .isInstanceOfSatisfying(WisentException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.what()).contains(part);
                });
    }

    private List<String> rows(String columns) throws Exception {
        return read("SELECT " + columns + " FROM " + table() + " ORDER BY id");
    }

    @Test
    void the_last_row_of_a_key_stays() throws Exception {
        start(Map.of());
        merge(put("id", 1, "name", "a"), put("id", 2, "name", "b"), put("id", 1, "name", "c"));
        merge(put("id", 2, "name", "d"), put("id", 3, "name", "e"));

        assertThat(rows("id, name")).containsExactly("1|c", "2|d", "3|e");
    }

    @Test
    void the_last_row_of_a_key_stays_over_several_parts_of_a_commit() throws Exception {
        start(Map.of());
        List<Fragment> parts = new ArrayList<>(written(List.of("id"), ORDERS, put("id", 1, "name", "first")));
        parts.addAll(written(List.of("id"), ORDERS, put("id", 1, "name", "second"), put("id", 2, "name", "x")));
        in(data(live(), Commit.Mode.MERGE, parts));

        assertThat(rows("id, name")).containsExactly("1|second", "2|x");
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
        in(new Commit.Begin(
                head, new Generation(window, Generation.Kind.APPEND), "f", dev.wisent.api.StreamState.EMPTY));
        in(data(window, Commit.Mode.MERGE, written(List.of("id"), ORDERS, put("id", 1, "name", "x"))));
        in(data(
                window,
                Commit.Mode.MERGE,
                written(List.of("id"), ORDERS, row(RowOp.DELETE, "id", 2), put("id", 1, "name", "y"))));
        assertThat(rows("id, name")).containsExactly("1|a", "2|b");

        in(new Commit.Publish(next(), window));

        assertThat(rows("id, name, amount")).containsExactly("1|y|1");
    }

    @Test
    void columns_grow_with_the_rows() throws Exception {
        start(Map.of());
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT32), Field.nullable("name", DataType.STRING));
        Schema wide = Schema.of(
                Field.nullable("id", DataType.INT64),
                Field.nullable("name", DataType.STRING),
                Field.nullable("more", DataType.STRING));
        append(narrow, put("id", 1, "name", "a"));
        append(wide, put("id", 1L << 40, "name", "b", "more", "m"));
        append(narrow, put("id", 2, "name", "c"));

        assertThat(rows("id, name, more")).containsExactly("1|a|-", "2|c|-", "1099511627776|b|m");
    }

    @Test
    void parts_of_several_schemas_come_in_by_one_commit() throws Exception {
        start(Map.of());
        Schema narrow = Schema.of(Field.nullable("id", DataType.INT32));
        List<Fragment> parts = new ArrayList<>(written(List.of(), narrow, put("id", 1)));
        parts.addAll(written(List.of(), ORDERS, put("id", 2, "name", "b")));
        in(data(live(), Commit.Mode.APPEND, parts));

        assertThat(rows("id, name")).containsExactly("1|-", "2|b");
    }

    @Test
    void a_type_that_does_not_fit_is_refused_and_nothing_of_its_commit_is_in() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        Schema other = Schema.of(Field.nullable("id", DataType.STRING));

        assertThatThrownBy(() -> append(other, put("id", "x")))
                .isInstanceOfSatisfying(
                        WisentException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SCHEMA_REFUSED));
        assertThat(rows("id")).containsExactly("1");
        n--;
        append(ORDERS, put("id", 2));
        assertThat(rows("id")).containsExactly("1", "2");
    }

    @Test
    void a_table_of_somebody_else_is_left_alone() throws Exception {
        start(Map.of());
        run("CREATE TABLE " + table() + " (id BIGINT)", "INSERT INTO " + table() + " VALUES (77)");

        refusedWith(ErrorCode.DESTINATION_FOREIGN, "is there already");

        assertThat(rows("id")).containsExactly("77");
    }

    @Test
    void a_table_that_was_emptied_stops_the_run() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("DELETE FROM " + table());
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "was emptied");
    }

    @Test
    void a_table_that_was_dropped_stops_the_run_and_a_refresh_writes_it_anew() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("DROP TABLE " + table());
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "is gone");
        n--;

        refresh(ORDERS, put("id", 5));

        assertThat(rows("id")).containsExactly("5");
    }

    @Test
    void a_table_that_was_made_anew_stops_the_run() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run(
                "DROP TABLE " + table(),
                "CREATE TABLE " + table() + " (id BIGINT, name TEXT, amount BIGINT, \"at\" TEXT)",
                "INSERT INTO " + table() + " (id) VALUES (1)");
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "made anew");
    }

    @Test
    void a_column_that_was_dropped_stops_the_run() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("ALTER TABLE " + table() + " DROP COLUMN amount");
        refusedWith(ErrorCode.DESTINATION_FOREIGN, "lost its column 'amount'");
    }

    @Test
    void a_column_that_somebody_added_stays() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        run("ALTER TABLE " + table() + " ADD COLUMN remark TEXT", "UPDATE " + table() + " SET remark = 'mine'");
        append(ORDERS, put("id", 2));

        assertThat(rows("id, remark")).containsExactly("1|mine", "2|-");
    }

    @Test
    void a_refresh_keeps_the_indexes_of_the_table_and_takes_other_columns() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1, "name", "a"));
        run("CREATE INDEX by_name ON " + table() + " (name)");
        refresh(
                Schema.of(Field.nullable("id", DataType.INT64), Field.nullable("name", DataType.INT64)),
                put("id", 5, "name", 6));

        assertThat(rows("*")).containsExactly("5|6");
        assertThat(indexes()).contains("by_name");
    }

    /// The names of all indexes.
    protected abstract List<String> indexes() throws Exception;

    @Test
    void parts_are_gone_when_their_commit_is_in() throws Exception {
        start(Map.of());
        append(ORDERS, put("id", 1));
        merge(put("id", 1));

        assertThat(parts()).isZero();
    }

    /// How many parts lie beside the database.
    protected abstract long parts() throws Exception;
}
