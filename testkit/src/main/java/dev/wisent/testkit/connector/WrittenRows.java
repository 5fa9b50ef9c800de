package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wisent.api.TargetId;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/// What both kinds of destinations do with rows. Extend [DestinationContract] or [BatchDestinationContract].
public abstract class WrittenRows {
    /// The target of most tests.
    protected static final TargetId ORDERS = new TargetId("orders");

    static final TargetId ITEMS = new TargetId("items");
    static final Schema SCHEMA =
            Schema.of(Field.required("id", DataType.INT64), Field.nullable("name", DataType.STRING));
    private static final Schema WIDER = Schema.of(
            Field.required("id", DataType.INT64),
            Field.nullable("name", DataType.STRING),
            Field.nullable("age", DataType.INT64));
    private static final String VALUE = "v";
    private static final String NOTHING = "(null)";
    private static final int LONG_TEXT = 1 << 20;
    /// Those of more digits have a sign.
    private static final int MOST_PLAIN_YEARS = 9_999;

    /// The rows of `target` as readers see them now who know nothing of Wisent, read without the connector's code: for each
    /// row the text of its columns by name, where null is a missing key. How values read as text is told at [#same]. None when
    /// the target is not there yet.
    protected abstract List<Map<String, String>> rows(TargetId target) throws Exception;

    /// The types a column may have. All others must be refused with an error. Default: every type there is.
    protected Set<DataType> types() {
        return Set.copyOf(Sample.types());
    }

    /// The types to name in [#types].
    protected static List<DataType> everyType() {
        return Sample.types();
    }

    /// What this destination can't do, and refuses.
    protected Set<Behaviour> lacks() {
        return EnumSet.noneOf(Behaviour.class);
    }

    /// Which values at the edges of the [types] it has no place for, and refuses: `float64 NaN`, `date -0043-03-15`. Default:
    /// none.
    protected Set<String> refusedValues() {
        return Set.of();
    }

    /// How many columns a wide record has.
    protected int wideColumns() {
        return 300;
    }

    /// Whether the text that [#rows] gave says what was written. `expected`: integers and decimals in digits, `true`, ISO 8601
    /// dates and times with `T` and `Z`, UUIDs in small letters, binary as Base64, structs and lists and maps as JSON.
    /// Default: numbers, times and JSON are equal in any notation, everything else letter by letter.
    protected boolean same(DataType type, String expected, String actual) {
        return switch (type) {
            case DataType.Int(int bits) -> new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
            case DataType.Decimal decimal -> new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
            case DataType.Float(int bits) ->
                bits == Float.SIZE
                        ? Float.compare((float) number(expected), (float) number(actual)) == 0
                        : Double.compare(number(expected), number(actual)) == 0;
            case DataType.Date date -> LocalDate.parse(expected).equals(LocalDate.parse(actual));
            case DataType.Timestamp instant -> Instant.parse(expected).equals(Instant.parse(actual.replace(' ', 'T')));
            case DataType.TimestampNtz local ->
                LocalDateTime.parse(expected).equals(LocalDateTime.parse(actual.replace(' ', 'T')));
            case DataType.Json json -> json(expected, actual);
            case DataType.Struct struct -> json(expected, actual);
            case DataType.ListOf list -> json(expected, actual);
            case DataType.MapOf map -> json(expected, actual);
            default -> expected.equals(actual);
        };
    }

    /// NaN and infinities have many spellings.
    protected static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static boolean json(String expected, String actual) {
        return JsonMapper.shared().readTree(expected).equals(JsonMapper.shared().readTree(actual));
    }

    /// Writes the batches and makes them visible, as a run does.
    abstract void show(TargetId target, List<RecordBatch> batches) throws Exception;

    /// Compares what was [shown][#show] with what the target holds, as `wisent validate` does. Default: nothing to compare.
    void compare(TargetId target, List<RecordBatch> batches) throws Exception {}

    /// Writes as much as it takes to be refused.
    private void isRefused(TargetId target, RecordBatch batch) {
        assertThatThrownBy(() -> show(target, List.of(batch)))
                .as("what can't be held is refused, not changed")
                .isInstanceOfAny(WisentException.class, IOException.class, IllegalArgumentException.class);
    }

    static Stream<String> typeNames() {
        return Sample.types().stream().map(DataType::text);
    }

    @ParameterizedTest
    @MethodSource("dev.wisent.testkit.connector.WrittenRows#typeNames")
    void values_of_a_type_are_read_back_as_they_were_written_or_refused(String name) throws Exception {
        DataType type = TypeParser.parse(name);
        List<Sample> samples =
                Sample.ALL.stream().filter(s -> s.type().equals(type)).toList();
        if (!types().contains(type)) {
            isRefused(ORDERS, typed(type, samples));
            return;
        }

        show(ORDERS, List.of(typed(type, samples)));

        Map<String, String> byId = new TreeMap<>();
        rows(ORDERS).forEach(row -> byId.put(row.getOrDefault("id", "?"), row.getOrDefault(VALUE, NOTHING)));
        assertThat(byId).as("by id").hasSize(samples.size() + 1);
        for (int i = 0; i < samples.size(); i++) {
            isSame(samples.get(i), byId.getOrDefault(Integer.toString(i), "(no such row)"));
        }
        assertThat(byId.get(Integer.toString(samples.size()))).as("null").isEqualTo(NOTHING);
        compare(ORDERS, List.of(typed(type, samples)));
    }

    static Stream<String> edgeTypeNames() {
        return Sample.EDGES.stream().map(edge -> edge.type().text()).distinct();
    }

    @ParameterizedTest
    @MethodSource("dev.wisent.testkit.connector.WrittenRows#edgeTypeNames")
    void values_at_the_edges_of_a_type_are_read_back_as_they_were_written_or_refused(String name) throws Exception {
        DataType type = TypeParser.parse(name);
        assumeTrue(types().contains(type), "n/a: " + name + " is refused");
        List<Sample> held = edges(type, edge -> !refusedValues().contains(edge.name()));

        show(ORDERS, List.of(typed(type, held)));

        Map<String, String> byId = new TreeMap<>();
        rows(ORDERS).forEach(row -> byId.put(row.getOrDefault("id", "?"), row.getOrDefault(VALUE, NOTHING)));
        for (int i = 0; i < held.size(); i++) {
            isSame(held.get(i), byId.getOrDefault(Integer.toString(i), "(no such row)"));
        }
        if (!isTime(type)) {
            // readers of texts take years from 1 to 9999 (RFC 3339)
            compare(ORDERS, List.of(typed(type, held)));
        }
        for (Sample refused : edges(type, edge -> refusedValues().contains(edge.name()))) {
            isRefused(ORDERS, typed(type, List.of(refused)));
        }
    }

    private static List<Sample> edges(DataType type, Predicate<Sample> which) {
        return Sample.EDGES.stream()
                .filter(edge -> edge.type().equals(type))
                .filter(which)
                .toList();
    }

    private void isSame(Sample written, String read) {
        if (written.text().isEmpty() && read.equals(NOTHING) && lacks().contains(Behaviour.EMPTY_TEXTS)) {
            return;
        }
        boolean equal;
        try {
            equal = same(written.type(), written.text(), isTime(written.type()) ? moment(read) : read);
        } catch (RuntimeException notOfTheType) {
            equal = false;
        }
        assertThat(equal)
                .as("'%s' was written, '%s' was read", written.text(), read)
                .isTrue();
    }

    private static boolean isTime(DataType type) {
        return type instanceof DataType.Date
                || type instanceof DataType.Timestamp
                || type instanceof DataType.TimestampNtz;
    }

    /// Years before the first and after 9999 as ISO 8601 has them, whichever way a database shows them.
    private static String moment(String text) {
        String plain = text.replaceAll("[ T]?\\(?BC\\)?", "");
        int end = plain.indexOf('-', 1);
        if (end < 0 || plain.startsWith("+")) {
            return text;
        }
        int year = Integer.parseInt(plain.substring(0, end));
        int iso = plain.equals(text) ? year : 1 - year;
        return (iso > MOST_PLAIN_YEARS ? "+" + iso : iso < 0 ? "-%04d".formatted(-iso) : "%04d".formatted(iso))
                + plain.substring(end);
    }

    private static RecordBatch typed(DataType type, List<Sample> samples) {
        RecordBatch batch =
                RecordBatch.of(Schema.of(Field.required("id", DataType.INT64), Field.nullable(VALUE, type)));
        for (int i = 0; i <= samples.size(); i++) {
            ((LongColumn) batch.column(0)).append(i);
            if (i < samples.size()) {
                samples.get(i).append().accept(batch.column(1));
            } else {
                batch.column(1).appendNull();
            }
            batch.endRow();
        }
        return batch;
    }

    @Test
    void a_record_with_many_columns_and_one_with_a_long_text_come_through_whole() throws Exception {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.required("id", DataType.INT64));
        for (int i = 1; i < wideColumns(); i++) {
            fields.add(Field.nullable("c" + i, DataType.STRING));
        }
        RecordBatch batch = RecordBatch.of(Schema.of(fields));
        ((LongColumn) batch.column(0)).append(1);
        for (int i = 1; i < wideColumns(); i++) {
            ((BytesColumn) batch.column(i)).append(i == 2 ? "x".repeat(LONG_TEXT) : "value " + i);
        }
        batch.endRow();

        show(ORDERS, List.of(batch));

        assertThat(rows(ORDERS)).singleElement().satisfies(row -> {
            assertThat(row).hasSize(wideColumns());
            assertThat(row.getOrDefault("c1", "")).isEqualTo("value 1");
            assertThat(row.getOrDefault("c2", "").length()).isEqualTo(LONG_TEXT);
            assertThat(row.getOrDefault("c" + (wideColumns() - 1), "")).isEqualTo("value " + (wideColumns() - 1));
        });
    }

    @Test
    void a_batch_is_the_callers_again_when_it_was_written() throws Exception {
        RecordBatch batch = batch(1, "a");
        List<RecordBatch> reused = new ArrayList<>();
        reused.add(batch);
        reused.add(batch);

        show(ORDERS, new Reused(reused));

        assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void a_column_that_comes_later_is_there_for_later_rows_or_refused() throws Exception {
        show(ORDERS, List.of(batch(1, "a")));
        RecordBatch later = RecordBatch.of(WIDER);
        ((LongColumn) later.column(0)).append(2);
        ((BytesColumn) later.column(1)).append("b");
        ((LongColumn) later.column(2)).append(30);
        later.endRow();
        if (lacks().contains(Behaviour.NEW_COLUMNS)) {
            isRefused(ORDERS, later);
            assertThat(ids(ORDERS)).containsExactly("1");
            return;
        }

        show(ORDERS, List.of(later));

        assertThat(rows(ORDERS))
                .containsExactlyInAnyOrder(Map.of("id", "1", "name", "a"), Map.of("id", "2", "name", "b", "age", "30"));
    }

    @Test
    void rows_for_another_target_are_there_alone_or_refused() throws Exception {
        show(ORDERS, List.of(batch(1, "a")));
        if (lacks().contains(Behaviour.SEVERAL_TARGETS)) {
            isRefused(ITEMS, batch(2, "b"));
            assertThat(ids(ORDERS)).containsExactly("1");
            return;
        }

        show(ITEMS, List.of(batch(2, "b")));

        if (lacks().contains(Behaviour.TARGETS_APART)) {
            assertThat(ids(ORDERS)).containsExactlyInAnyOrder("1", "2");
            return;
        }
        assertThat(ids(ORDERS)).containsExactly("1");
        assertThat(ids(ITEMS)).containsExactly("2");
    }

    /// One row of [#SCHEMA].
    static RecordBatch batch(long id, String name) {
        RecordBatch batch = RecordBatch.of(SCHEMA);
        fill(batch, id, name);
        return batch;
    }

    static void fill(RecordBatch batch, long id, String name) {
        ((LongColumn) batch.column(0)).append(id);
        ((BytesColumn) batch.column(1)).append(name);
        batch.endRow();
    }

    /// The ids of the rows anyone sees.
    List<String> ids(TargetId target) throws Exception {
        return rows(target).stream().map(row -> row.getOrDefault("id", "?")).toList();
    }

    /// The same batch again and again, with another row each time it is asked for.
    private static final class Reused extends AbstractList<RecordBatch> {
        private final List<RecordBatch> same;

        Reused(List<RecordBatch> same) {
            this.same = same;
        }

        @Override
        public RecordBatch get(int index) {
            RecordBatch batch = same.get(index);
            batch.clear();
            fill(batch, index + 1L, "row " + index);
            return batch;
        }

        @Override
        public int size() {
            return same.size();
        }
    }
}
