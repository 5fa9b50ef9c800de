package dev.wisent.connectors.mysql.load;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/// Rows as literals of SQL, `(1,'a',NULL)`, as a session reads them that has no escapes in texts. One thread.
final class Literals {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000;
    private static final int LAST_YEAR = 9999;

    private final Schema schema;
    private final OutputBuffer json = new OutputBuffer();

    Literals(Schema schema) {
        this.schema = schema;
    }

    void row(RecordBatch batch, int row, ByteArrayOutputStream to) {
        to.write('(');
        for (int i = 0; i < schema.size(); i++) {
            if (i > 0) {
                to.write(',');
            }
            value(schema.field(i), batch.column(i), row, to);
        }
        to.write(')');
    }

    private void value(Field field, Column from, int row, ByteArrayOutputStream to) {
        if (from.isNull(row)) {
            to.writeBytes(NULL);
            return;
        }
        switch (from.type()) {
            case DataType.Bool b -> plain(Long.toString(((LongColumn) from).get(row)), to);
            case DataType.Int i -> plain(Long.toString(((LongColumn) from).get(row)), to);
            case DataType.Float f -> plain(number(field, ((DoubleColumn) from).get(row)), to);
            case DataType.Decimal(int precision, int scale) -> plain(decimal(from, row, scale), to);
            case DataType.Text t -> text((BytesColumn) from, row, to);
            case DataType.Json j -> text((BytesColumn) from, row, to);
            case DataType.Binary b -> bytes((BytesColumn) from, row, to);
            case DataType.Date d -> quoted(date(field, LocalDate.ofEpochDay(((LongColumn) from).get(row))), to);
            case DataType.Time t ->
                quoted(TIME.format(LocalTime.ofNanoOfDay(((LongColumn) from).get(row) * NANOS)), to);
            case DataType.Timestamp t -> quoted(local(field, ((LongColumn) from).get(row)), to);
            case DataType.TimestampNtz t -> quoted(local(field, ((LongColumn) from).get(row)), to);
            case DataType.Uuid u -> {
                ByteBuffer bits = ByteBuffer.wrap(((BytesColumn) from).copy(row));
                quoted(new UUID(bits.getLong(), bits.getLong()).toString(), to);
            }
            default -> json(from, row, to);
        }
    }

    private static void plain(String text, ByteArrayOutputStream to) {
        to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void quoted(String text, ByteArrayOutputStream to) {
        to.write('\'');
        plain(text, to);
        to.write('\'');
    }

    private static void text(BytesColumn from, int row, ByteArrayOutputStream to) {
        escaped(from.data(), from.start(row), from.length(row), to);
    }

    private static void escaped(byte[] data, int start, int length, ByteArrayOutputStream to) {
        to.write('\'');
        int begin = start;
        for (int i = start; i < start + length; i++) {
            if (data[i] == '\'') {
                to.write(data, begin, i + 1 - begin);
                begin = i;
            }
        }
        to.write(data, begin, start + length - begin);
        to.write('\'');
    }

    private static void bytes(BytesColumn from, int row, ByteArrayOutputStream to) {
        to.write('X');
        to.write('\'');
        byte[] data = from.data();
        for (int i = from.start(row); i < from.start(row) + from.length(row); i++) {
            to.write(HEX[(data[i] >> 4) & 0xF]);
            to.write(HEX[data[i] & 0xF]);
        }
        to.write('\'');
    }

    /// A float as the double it is: its shorter text is another number.
    private static String number(Field field, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw refused(field, String.valueOf(value));
        }
        return Double.toString(value);
    }

    private static WisentException refused(Field field, String value) {
        return WisentException.of(
                        ErrorCode.WRITE_FAILED,
                        "column '" + field.name() + "' holds " + value + ", which MySQL can't keep as "
                                + field.type().text())
                .hint("declare the column as string, or turn such values into null with a transform");
    }

    private static String decimal(Column from, int row, int scale) {
        BigInteger unscaled = from instanceof LongColumn longs
                ? BigInteger.valueOf(longs.get(row))
                : new BigInteger(((BytesColumn) from).copy(row));
        return new BigDecimal(unscaled, scale).toPlainString();
    }

    private static String date(Field field, LocalDate date) {
        if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
            throw refused(field, date.toString());
        }
        return date.toString();
    }

    private static String local(Field field, long micros) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) (Math.floorMod(micros, MICROS) * NANOS), ZoneOffset.UTC);
        return date(field, at.toLocalDate()) + " " + TIME.format(at);
    }

    /// The value alone, out of an object of one field.
    private void json(Column from, int row, ByteArrayOutputStream to) {
        Schema one = Schema.of(Field.nullable("v", from.type()));
        json.clear();
        new NdjsonEncoder(one).encode(RecordBatch.over(one, List.of(from), from.size()), row, row + 1, json);
        int begin = "{\"v\":".length();
        escaped(json.array(), begin, json.length() - begin - "}\n".length(), to);
    }
}
