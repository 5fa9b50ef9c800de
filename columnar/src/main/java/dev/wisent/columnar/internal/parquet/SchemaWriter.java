package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.DataType;

/// Writes the elements of a footer's schema (parquet.thrift, `SchemaElement`; LogicalTypes.md).
final class SchemaWriter {
    static final int REQUIRED = 0;
    static final int OPTIONAL = 1;
    static final int REPEATED = 2;

    private static final int UTF8 = 0;
    private static final int MAP = 1;
    private static final int LIST = 3;
    private static final int DECIMAL = 5;
    private static final int DATE = 6;
    private static final int TIME_MICROS = 8;
    private static final int TIMESTAMP_MICROS = 10;
    private static final int INT_8 = 15;
    private static final int INT_16 = 16;
    private static final int JSON = 19;

    private final CompactWriter out;
    private int elements;

    SchemaWriter(CompactWriter out) {
        this.out = out;
    }

    int elements() {
        return elements;
    }

    void root(int fields) {
        elements++;
        out.begin().text(4, "schema").i32(5, fields).end();
    }

    void struct(String name, int repetition, int fields) {
        group(name, repetition, fields).end();
    }

    void list(String name, int repetition) {
        group(name, repetition, 1).i32(6, LIST).struct(10).empty(3).end().end();
    }

    void map(String name, int repetition) {
        group(name, repetition, 1).i32(6, MAP).struct(10).empty(2).end().end();
    }

    /// The group that is repeated in a list or map.
    void repeated(String name, int fields) {
        group(name, REPEATED, fields).end();
    }

    private CompactWriter group(String name, int repetition, int fields) {
        elements++;
        return out.begin().i32(3, repetition).text(4, name).i32(5, fields);
    }

    void leaf(String name, int repetition, LeafType type) {
        elements++;
        out.begin().i32(1, type.physical().code());
        if (type.length() > 0) {
            out.i32(2, type.length());
        }
        out.i32(3, repetition).text(4, name);
        annotate(type.dataType());
        out.end();
    }

    private void annotate(DataType type) {
        switch (type) {
            case DataType.Int(int bits)
            when bits <= Short.SIZE -> {
                out.i32(6, bits == Byte.SIZE ? INT_8 : INT_16);
                out.struct(10).struct(10).i8(1, bits).bool(2, true).end().end();
            }
            case DataType.Decimal(int precision, int scale) -> {
                out.i32(6, DECIMAL).i32(7, scale).i32(8, precision);
                out.struct(10).struct(5).i32(1, scale).i32(2, precision).end().end();
            }
            case DataType.Date d -> out.i32(6, DATE).struct(10).empty(6).end();
            case DataType.Time t -> micros(TIME_MICROS, 7, false);
            case DataType.Timestamp t -> micros(TIMESTAMP_MICROS, 8, true);
            case DataType.TimestampNtz t -> micros(TIMESTAMP_MICROS, 8, false);
            case DataType.Text t -> out.i32(6, UTF8).struct(10).empty(1).end();
            case DataType.Json j -> out.i32(6, JSON).struct(10).empty(12).end();
            case DataType.Uuid u -> out.struct(10).empty(14).end();
            default -> {}
        }
    }

    /// The legacy type is written for local times too, as LogicalTypes.md asks for.
    private void micros(int legacy, int logical, boolean utc) {
        out.i32(6, legacy);
        out.struct(10)
                .struct(logical)
                .bool(1, utc)
                .struct(2)
                .empty(2)
                .end()
                .end()
                .end();
    }
}
