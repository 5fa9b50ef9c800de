package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.PostgresType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/// What a real server makes of the bytes.
class CopyEncoderTest {
    private static final PostgresServer.Database SERVER =
            PostgresServer.shared().database();

    /// The texts PostgreSQL shows for values of `type`, each appended by one of `values`, in a table made by `ddl`.
    @SafeVarargs
    private static List<String> shown(DataType type, String declared, Consumer<Column>... values) throws Exception {
        return shown(type, declared, List.of(values));
    }

    private static List<String> shown(DataType type, String declared, List<Consumer<Column>> values) throws Exception {
        RecordBatch batch = RecordBatch.of(Schema.of(Field.required("i", DataType.INT64), Field.nullable("v", type)));
        for (int i = 0; i < values.size(); i++) {
            ((LongColumn) batch.column(0)).append(i);
            values.get(i).accept(batch.column(1));
            batch.endRow();
        }
        String table = PostgresServer.name();
        SERVER.run("CREATE TABLE " + table + " (i bigint, v " + declared + ")");
        copy(batch, table, List.of(field(DataType.INT64), field(type, declared)));
        return SERVER.list("SELECT coalesce(v::text, '(null)') FROM " + table + " ORDER BY i");
    }

    @SafeVarargs
    private static List<String> shown(DataType type, Consumer<Column>... values) throws Exception {
        return shown(type, PostgresType.declared(type), List.of(values));
    }

    private static CopyField field(DataType type) {
        return CopyFields.of(type, TargetType.of(type)).orElseThrow();
    }

    /// For a column as the server's catalog describes it.
    private static CopyField field(DataType type, String declared) throws SQLException {
        return CopyFields.of(type, column(declared)).orElseThrow();
    }

    private static TargetType column(String declared) throws SQLException {
        String table = PostgresServer.name();
        SERVER.run("CREATE TABLE " + table + " (v " + declared + ")");
        try (Connection connection = SERVER.connect()) {
            return TargetType.of(PostgresTable.find(connection, "public", table)
                    .orElseThrow()
                    .columns()
                    .getFirst()
                    .type());
        }
    }

    private static void copy(RecordBatch batch, String table, List<CopyField> fields) throws SQLException, IOException {
        OutputBuffer out = new OutputBuffer();
        CopyEncoder.begin(out);
        assertThat(new CopyEncoder(fields).rows(batch, 0, Integer.MAX_VALUE, out))
                .isEqualTo(batch.rows());
        CopyEncoder.end(out);
        try (Connection connection = SERVER.connect()) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + table + " FROM STDIN (FORMAT binary)",
                            new ByteArrayInputStream(out.array(), 0, out.length()));
        }
    }

    private static Consumer<Column> number(long value) {
        return column -> ((LongColumn) column).append(value);
    }

    private static Consumer<Column> real(double value) {
        return column -> ((DoubleColumn) column).append(value);
    }

    private static Consumer<Column> text(String value) {
        return column -> ((BytesColumn) column).append(value);
    }

    private static Consumer<Column> bytes(byte... value) {
        return column -> ((BytesColumn) column).append(value);
    }

    @Test
    void whole_numbers_and_truth_values() throws Exception {
        assertThat(shown(DataType.BOOL, number(1), number(0), Column::appendNull, Column::appendAbsent))
                .containsExactly("true", "false", "(null)", "(null)");
        assertThat(shown(DataType.INT8, number(-128), number(127))).containsExactly("-128", "127");
        assertThat(shown(DataType.INT16, number(Short.MIN_VALUE), number(Short.MAX_VALUE)))
                .containsExactly("-32768", "32767");
        assertThat(shown(DataType.INT32, number(Integer.MIN_VALUE), number(Integer.MAX_VALUE)))
                .containsExactly("-2147483648", "2147483647");
        assertThat(shown(DataType.INT64, number(Long.MIN_VALUE), number(Long.MAX_VALUE)))
                .containsExactly("-9223372036854775808", "9223372036854775807");
    }

    @Test
    void floats_with_nan_the_infinities_and_minus_zero() throws Exception {
        assertThat(shown(
                        DataType.FLOAT64,
                        real(0.1),
                        real(-1e300),
                        real(Double.MIN_VALUE),
                        real(Double.NaN),
                        real(Double.POSITIVE_INFINITY),
                        real(Double.NEGATIVE_INFINITY),
                        real(-0.0)))
                .containsExactly("0.1", "-1e+300", "5e-324", "NaN", "Infinity", "-Infinity", "-0");
        assertThat(shown(DataType.FLOAT32, real(1.5f), real(0.1f))).containsExactly("1.5", "0.1");
        assertThat(shown(DataType.FLOAT32, "double precision", real(0.5f))).containsExactly("0.5");
    }

    @Test
    void decimals_of_every_precision_and_scale_keep_each_digit() throws Exception {
        long seed = Long.getLong("wisent.seed", 1);
        Random random = new Random(seed);
        for (int precision = 1; precision <= DataType.MAX_DECIMAL; precision++) {
            for (int scale : new int[] {0, precision / 3, precision - 1, precision}) {
                DataType type = new DataType.Decimal(precision, scale);
                BigInteger limit = BigInteger.TEN.pow(precision);
                List<BigInteger> values = new ArrayList<>(List.of(
                        BigInteger.ZERO,
                        BigInteger.ONE,
                        limit.subtract(BigInteger.ONE),
                        BigInteger.ONE.subtract(limit),
                        limit.divide(BigInteger.TEN)));
                for (int i = 0; i < 10; i++) {
                    BigInteger any = new BigInteger(1 + random.nextInt(130), random).mod(limit);
                    values.add(random.nextBoolean() ? any : any.negate());
                }
                List<Consumer<Column>> appends = new ArrayList<>();
                for (BigInteger value : values) {
                    appends.add(
                            precision <= DataType.MAX_LONG_DECIMAL
                                    ? number(value.longValueExact())
                                    : bytes(value.toByteArray()));
                }
                assertThat(shown(type, PostgresType.declared(type), appends))
                        .as("%s, seed %d", type.text(), seed)
                        .containsExactlyElementsOf(values.stream()
                                .map(value -> new BigDecimal(value, scale).toPlainString())
                                .toList());
            }
        }
    }

    @Test
    void texts_binaries_uuids_and_json() throws Exception {
        assertThat(shown(DataType.STRING, text(""), text("Zoë 🦬\n\\N"))).containsExactly("", "Zoë 🦬\n\\N");
        assertThat(shown(DataType.BINARY, bytes(), bytes((byte) 0, (byte) -1, (byte) 10)))
                .containsExactly("\\x", "\\x00ff0a");
        byte[] id = new byte[16];
        id[0] = 1;
        id[15] = -1;
        assertThat(shown(DataType.UUID, bytes(id))).containsExactly("01000000-0000-0000-0000-0000000000ff");
        assertThat(shown(DataType.JSON, text("{\"b\": [1, 2.50, null]}"), text("null"), text("\"x\"")))
                .containsExactly("{\"b\": [1, 2.50, null]}", "null", "\"x\"");
        assertThat(shown(DataType.JSON, "json", text("{\"b\":1,\"b\":2}"))).containsExactly("{\"b\":1,\"b\":2}");
    }

    @Test
    void dates_and_times_from_long_ago_until_far_ahead() throws Exception {
        assertThat(shown(DataType.DATE, number(0), number(-719_528), number(2_932_896)))
                .containsExactly("1970-01-01", "0001-01-01 BC", "9999-12-31");
        assertThat(shown(DataType.TIME, number(0), number(86_399_999_999L)))
                .containsExactly("00:00:00", "23:59:59.999999");
        assertThat(shown(
                        DataType.TIMESTAMP_NTZ,
                        number(-1),
                        number(1_795_219_200_000_001L),
                        number(-62_167_219_200_000_000L),
                        number(253_402_300_799_999_999L)))
                .containsExactly(
                        "1969-12-31 23:59:59.999999",
                        "2026-11-21 00:00:00.000001",
                        "0001-01-01 00:00:00 BC",
                        "9999-12-31 23:59:59.999999");
        // whatever the zone of the server or the session
        assertThat(shown(DataType.TIMESTAMP, number(1_795_219_200_000_001L)).stream()
                        .map(text -> SERVER.ask("SELECT timestamptz '" + text + "' AT TIME ZONE 'UTC'")))
                .containsExactly("2026-11-21 00:00:00.000001");
    }

    @Test
    void lists_of_plain_values_are_arrays() throws Exception {
        Consumer<Column> list = column -> {
            ListColumn row = (ListColumn) column;
            ((BytesColumn) row.elements()).append("a,\"b");
            row.elements().appendNull();
            ((BytesColumn) row.elements()).append("");
            row.endRow();
        };
        Consumer<Column> empty = column -> ((ListColumn) column).endRow();
        assertThat(shown(new DataType.ListOf(DataType.STRING), list, empty, Column::appendNull))
                .containsExactly("{\"a,\\\"b\",NULL,\"\"}", "{}", "(null)");
        Consumer<Column> decimals = column -> {
            ListColumn row = (ListColumn) column;
            ((LongColumn) row.elements()).append(-12_345);
            ((LongColumn) row.elements()).append(0);
            row.endRow();
        };
        assertThat(shown(new DataType.ListOf(new DataType.Decimal(9, 2)), decimals))
                .containsExactly("{-123.45,0.00}");
    }

    @Test
    void structs_maps_and_lists_of_lists_are_json() throws Exception {
        DataType struct = new DataType.Struct(List.of(
                Field.nullable("a", DataType.INT64), Field.nullable("b", new DataType.ListOf(DataType.STRING))));
        Consumer<Column> row = column -> {
            StructColumn one = (StructColumn) column;
            ((LongColumn) one.children().get(0)).append(7);
            ListColumn list = (ListColumn) one.children().get(1);
            ((BytesColumn) list.elements()).append("x\"y");
            list.endRow();
            one.endRow();
        };
        assertThat(shown(struct, row, Column::appendNull)).containsExactly("{\"a\": 7, \"b\": [\"x\\\"y\"]}", "(null)");
        Consumer<Column> map = column -> {
            MapColumn one = (MapColumn) column;
            ((BytesColumn) one.keys()).append("k");
            ((LongColumn) one.values()).append(1);
            one.endRow();
        };
        assertThat(shown(new DataType.MapOf(DataType.STRING, DataType.INT64), map))
                .containsExactly("{\"k\": 1}");
        Consumer<Column> lists = column -> {
            ListColumn one = (ListColumn) column;
            ListColumn inner = (ListColumn) one.elements();
            ((LongColumn) inner.elements()).append(1);
            inner.endRow();
            inner.endRow();
            one.endRow();
        };
        assertThat(shown(new DataType.ListOf(new DataType.ListOf(DataType.INT64)), lists))
                .containsExactly("[[1], []]");
    }

    @Test
    void a_number_that_a_narrower_column_of_the_user_has_no_room_for_is_refused_and_not_cut() throws Exception {
        assertThat(shown(DataType.INT64, "integer", number(5))).containsExactly("5");
        assertThatThrownBy(() -> shown(DataType.INT64, "integer", number(1L << 31)))
                .isInstanceOfSatisfying(
                        WisentException.class,
                        failure -> assertThat(failure.what()).contains("2147483648"));
    }

    @Test
    void what_a_column_would_change_is_not_written_into_it() throws Exception {
        TargetType cents = column("numeric(10,2)");
        assertThat(CopyFields.of(new DataType.Decimal(10, 3), cents)).isEmpty();
        assertThat(CopyFields.of(new DataType.Decimal(11, 2), cents)).isEmpty();
        assertThat(CopyFields.of(DataType.INT32, cents)).isEmpty();
        assertThat(CopyFields.of(DataType.INT16, cents)).isPresent();
        assertThat(CopyFields.of(DataType.INT64, column("numeric"))).isPresent();
        assertThat(CopyFields.of(DataType.FLOAT64, TargetType.of(DataType.FLOAT32)))
                .isEmpty();
        assertThat(CopyFields.of(DataType.INT64, TargetType.of(DataType.FLOAT64)))
                .isEmpty();
        assertThat(CopyFields.of(DataType.TIMESTAMP, TargetType.of(DataType.TIMESTAMP_NTZ)))
                .isEmpty();
        assertThat(CopyFields.of(DataType.STRING, TargetType.of(DataType.INT64)))
                .isEmpty();
        assertThat(CopyFields.of(new DataType.ListOf(DataType.INT64), TargetType.of(DataType.INT64)))
                .isEmpty();
        assertThat(CopyFields.of(DataType.INT64, column("inet"))).isEmpty();
    }
}
