package dev.wisent.engine.internal.validate;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.JsonValueEncoder;
import dev.wisent.columnar.ListColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StructColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/// A value as text that is the same wherever the value is: 1, 1.0 and 1.00 are one number, an instant is one in any zone, and
/// a JSON object has its keys in one order. One thread.
///
/// @param side where values are from
record CanonicalValue(Side side) {
    enum Side {
        /// As they are written: a narrower type than that of the column, at most.
        SOURCE,
        /// As they are stored: in another type, perhaps, that has room for them.
        TARGET
    }

    /// Of a row that has a value there.
    ///
    /// @param as the type it was written in
    String of(Column column, int row, DataType as) {
        return switch (column) {
            case StructColumn struct
            when as instanceof DataType.Struct(List<Field> fields) -> struct(struct, row, Schema.of(fields));
            case ListColumn list when as instanceof DataType.ListOf(DataType element) -> elements(list, row, element);
            case MapColumn map when as instanceof DataType.MapOf type -> map(map, row, type);
            default -> side == Side.SOURCE ? widened(column, row, as) : stored(column, row, as);
        };
    }

    private static String widened(Column column, int row, DataType as) {
        if (column.type().equals(as)) {
            return plain(column, row);
        }
        return switch (as) {
            case DataType.Json j -> CanonicalText.json(json(column, row));
            case DataType.Text t -> CanonicalText.ofJson(json(column, row), as);
            default -> plain(column, row);
        };
    }

    private static String stored(Column column, int row, DataType as) {
        return switch (column) {
            case BytesColumn text
            when text.type() instanceof DataType.Text && !(as instanceof DataType.Text) ->
                CanonicalText.parsed(text.string(row), as);
            case BytesColumn json
            when json.type() instanceof DataType.Json && !(as instanceof DataType.Text) ->
                CanonicalText.ofJson(json.string(row), as);
            case LongColumn number
            when as instanceof DataType.Bool && number.type() instanceof DataType.Int ->
                CanonicalText.truth(number.get(row));
            case StructColumn nested -> CanonicalText.ofJson(json(nested, row), as);
            case ListColumn nested -> CanonicalText.ofJson(json(nested, row), as);
            case MapColumn nested -> CanonicalText.ofJson(json(nested, row), as);
            default -> plain(column, row);
        };
    }

    private static String plain(Column column, int row) {
        return switch (column) {
            case LongColumn longs -> number(longs, row);
            case DoubleColumn doubles -> CanonicalText.floating(doubles.get(row));
            case BytesColumn bytes -> bytes(bytes, row);
            default -> CanonicalText.json(json(column, row));
        };
    }

    private static String number(LongColumn column, int row) {
        long value = column.get(row);
        return switch (column.type()) {
            case DataType.Bool() -> CanonicalText.truth(value);
            case DataType.Decimal(int precision, int scale) -> CanonicalText.number(BigDecimal.valueOf(value, scale));
            default -> Long.toString(value);
        };
    }

    private static String bytes(BytesColumn column, int row) {
        return switch (column.type()) {
            case DataType.Text() -> column.string(row);
            case DataType.Json() -> CanonicalText.json(column.string(row));
            case DataType.Decimal(int precision, int scale) ->
                CanonicalText.number(new BigDecimal(new BigInteger(column.copy(row)), scale));
            default -> HexFormat.of().formatHex(column.copy(row));
        };
    }

    private static String json(Column column, int row) {
        OutputBuffer out = new OutputBuffer();
        new JsonValueEncoder(column.type()).encode(column, row, out);
        return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
    }

    private String struct(StructColumn column, int row, Schema as) {
        List<Field> fields = ((DataType.Struct) column.type()).fields();
        Parts parts = new Parts();
        for (int i = 0; i < fields.size(); i++) {
            Column child = column.children().get(i);
            if (!child.isNull(row)) {
                OptionalInt at = as.indexOf(fields.get(i).name());
                DataType type = at.isPresent() ? as.field(at.getAsInt()).type() : child.type();
                parts.member(fields.get(i).name(), of(child, row, type));
            }
        }
        return parts.object();
    }

    private String elements(ListColumn column, int row, DataType as) {
        Parts parts = new Parts();
        for (int i = column.start(row); i < column.start(row) + column.length(row); i++) {
            if (column.elements().isNull(i)) {
                parts.nothing();
            } else {
                parts.element(of(column.elements(), i, as));
            }
        }
        return parts.list();
    }

    private String map(MapColumn column, int row, DataType.MapOf as) {
        Parts parts = new Parts();
        for (int i = column.start(row); i < column.start(row) + column.length(row); i++) {
            String key = of(column.keys(), i, as.key());
            if (column.values().isNull(i)) {
                parts.member(key);
            } else {
                parts.member(key, of(column.values(), i, as.value()));
            }
        }
        return parts.object();
    }
}
