package dev.wisent.connectors.mysql.read;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rows of a result set into columns, exactly.
final class RowReader {
    private static final int UUID_BYTES = 16;

    private final List<ReadColumn> columns;
    private final ReadOptions.ZeroDates zeroDates;
    private final long maxRecordBytes;
    private long bytes;

    RowReader(Relation relation, ReadOptions options) {
        this.columns = relation.columns();
        this.zeroDates = options.zeroDates();
        this.maxRecordBytes = options.maxRecordBytes();
    }

    /// Takes the row the result set stands at.
    ///
    /// @return what is wrong with it: then `to` has not got it
    Optional<Pieces.Bad> append(ResultSet from, RecordBatch to) throws SQLException {
        int at = 0;
        bytes = 0;
        try {
            for (; at < columns.size(); at++) {
                value(columns.get(at), from, at + 1, to.column(at));
            }
            if (bytes > maxRecordBytes) {
                to.cancelRow();
                return Optional.of(new Pieces.Bad(
                        new byte[0], "a row of " + bytes + " bytes; max_record_bytes is " + maxRecordBytes));
            }
            to.endRow();
            return Optional.empty();
        } catch (BadValue bad) {
            to.cancelRow();
            return Optional.of(new Pieces.Bad(
                    raw(from),
                    "column '" + columns.get(at).name() + "' " + bad.getMessage()
                            + "; named under as_text it is read as its text"));
        }
    }

    private byte[] raw(ResultSet from) throws SQLException {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).form() == Form.BYTES) {
                row.put(columns.get(i).name(), from.getBytes(i + 1));
            } else {
                row.put(columns.get(i).name(), from.getString(i + 1));
            }
        }
        return row.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(ReadColumn column, ResultSet from, int at, Column to) throws SQLException {
        switch (column.form()) {
            case WHOLE, TRUTH -> {
                long value = from.getLong(at);
                if (from.wasNull()) {
                    to.appendNull();
                } else {
                    ((LongColumn) to).append(value);
                }
            }
            case FLOAT -> {
                double value = from.getDouble(at);
                if (from.wasNull()) {
                    to.appendNull();
                } else {
                    ((DoubleColumn) to).append(value);
                }
            }
            case DECIMAL -> {
                String digits = from.getString(at);
                if (digits == null) {
                    to.appendNull();
                } else {
                    decimal(digits, column.wisentType(), to);
                }
            }
            default -> {
                byte[] value = from.getBytes(at);
                if (value == null) {
                    to.appendNull();
                } else {
                    bytes += value.length;
                    bytes(column.form(), value, to);
                }
            }
        }
    }

    private void bytes(Form form, byte[] value, Column to) {
        switch (form) {
            case TEXT, BYTES -> ((BytesColumn) to).append(value);
            case TIME -> ((LongColumn) to).append(FieldTexts.time(value));
            case DATE, DATETIME -> {
                if (FieldTexts.isZeroDate(value)) {
                    if (zeroDates == ReadOptions.ZeroDates.REJECT) {
                        throw new BadValue("is " + new String(value, StandardCharsets.UTF_8)
                                + ", which is no date (zero_dates: null takes it for null)");
                    }
                    to.appendNull();
                } else {
                    ((LongColumn) to).append(form == Form.DATE ? FieldTexts.days(value) : FieldTexts.micros(value));
                }
            }
            case UUID -> {
                UUID uuid = UUID.fromString(new String(value, StandardCharsets.UTF_8));
                ((BytesColumn) to)
                        .append(ByteBuffer.allocate(UUID_BYTES)
                                .putLong(uuid.getMostSignificantBits())
                                .putLong(uuid.getLeastSignificantBits())
                                .array());
            }
            default -> throw new IllegalStateException("not read as bytes: " + form);
        }
    }

    private static void decimal(String digits, DataType type, Column to) {
        if (!(type instanceof DataType.Decimal(int precision, int scale))) {
            throw new IllegalStateException("no decimal: " + type);
        }
        BigDecimal value = new BigDecimal(digits);
        if (value.stripTrailingZeros().scale() > scale || value.precision() - value.scale() > precision - scale) {
            throw new BadValue("is " + digits + ", which " + type.text() + " does not hold");
        }
        BigInteger unscaled = value.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
        if (to instanceof LongColumn longs) {
            longs.append(unscaled.longValueExact());
        } else {
            ((BytesColumn) to).append(unscaled.toByteArray());
        }
    }

    /// The values of the key the row has, which come behind its columns.
    List<String> key(ResultSet from, int size) throws SQLException {
        List<String> key = new ArrayList<>(size);
        for (int i = 1; i <= size; i++) {
            key.add(Optional.ofNullable(from.getString(columns.size() + i))
                    .orElseThrow(() -> new SQLException("a row has no value in a column it is read in the order of")));
        }
        return key;
    }
}
