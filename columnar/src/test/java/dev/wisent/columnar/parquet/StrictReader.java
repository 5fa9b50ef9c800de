package dev.wisent.columnar.parquet;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/// Reads files with parquet-java, page checksums verified.
final class StrictReader {
    private StrictReader() {}

    static ParquetFileReader open(Path file) throws IOException {
        return ParquetFileReader.open(new LocalInputFile(file));
    }

    static List<Map<String, Object>> rows(Path file, Schema schema) {
        List<Map<String, Object>> rows = new ArrayList<>();
        each(file, schema, FilterCompat.NOOP, rows::add);
        return rows;
    }

    static void each(Path file, Schema schema, FilterCompat.Filter filter, Consumer<Map<String, Object>> rows) {
        try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file))
                .withFilter(filter)
                .usePageChecksumVerification()
                .build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.accept(struct(schema.fields(), group));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Builder extends ParquetReader.Builder<Group> {
        Builder(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    private static Map<String, Object> struct(List<Field> fields, Group group) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            row.put(group.getType().getFieldName(i), field(fields.get(i).type(), group, i));
        }
        return row;
    }

    private static Object field(DataType type, Group group, int field) {
        return switch (group.getFieldRepetitionCount(field)) {
            case 0 -> null;
            case 1 -> value(type, group, field);
            default -> throw new AssertionError("more than one value");
        };
    }

    private static Object value(DataType type, Group group, int field) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) -> struct(fields, group.getGroup(field, 0));
            case DataType.ListOf(DataType element) -> {
                Group list = group.getGroup(field, 0);
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
                    values.add(field(element, list.getGroup(0, i), 0));
                }
                yield values;
            }
            case DataType.MapOf(DataType key, DataType mapped) -> {
                Group map = group.getGroup(field, 0);
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
                    values.add(field(key, map.getGroup(0, i), 0));
                    values.add(field(mapped, map.getGroup(0, i), 1));
                }
                yield values;
            }
            case DataType.Bool() -> String.valueOf(group.getBoolean(field, 0));
            case DataType.Int(int bits) ->
                bits == 64 ? String.valueOf(group.getLong(field, 0)) : String.valueOf(group.getInteger(field, 0));
            case DataType.Date() -> String.valueOf(group.getInteger(field, 0));
            case DataType.Float(int bits) ->
                bits == 32 ? Values.shown(group.getFloat(field, 0)) : Values.shown(group.getDouble(field, 0));
            case DataType.Decimal(int p, int s)
            when p <= 9 -> Values.shown(BigInteger.valueOf(group.getInteger(field, 0)), s);
            case DataType.Decimal(int p, int s)
            when p <= 18 -> Values.shown(BigInteger.valueOf(group.getLong(field, 0)), s);
            case DataType.Decimal(int p, int s) ->
                Values.shown(new BigInteger(group.getBinary(field, 0).getBytes()), s);
            case DataType.Text() -> group.getString(field, 0);
            case DataType.Json() -> group.getString(field, 0);
            case DataType.Binary() ->
                HexFormat.of().formatHex(group.getBinary(field, 0).getBytes());
            case DataType.Uuid() ->
                HexFormat.of().formatHex(group.getBinary(field, 0).getBytes());
            default -> String.valueOf(group.getLong(field, 0));
        };
    }
}
