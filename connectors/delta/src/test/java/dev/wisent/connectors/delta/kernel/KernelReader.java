package dev.wisent.connectors.delta.kernel;

import dev.wisent.api.storage.ObjectStore;
import dev.wisent.storage.Stores;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampNTZType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table's rows as Kernel's own readers see them, partition values included.
public final class KernelReader {
    private KernelReader() {}

    public static List<Map<String, Object>> rows(Path table) {
        ObjectStore store = Stores.local().open(table.toString(), Map.of());
        Engine engine = DefaultEngine.create(new StoreFiles(store));
        Snapshot snapshot = TableManager.loadSnapshot(StoreFiles.ROOT).build(engine);
        Scan scan = snapshot.getScanBuilder().build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        List<Map<String, Object>> rows = new ArrayList<>();
        try (CloseableIterator<FilteredColumnarBatch> files = scan.getScanFiles(engine)) {
            while (files.hasNext()) {
                try (CloseableIterator<Row> file = files.next().getRows()) {
                    while (file.hasNext()) {
                        read(engine, state, physical, file.next(), rows);
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static void read(Engine engine, Row state, StructType physical, Row file, List<Map<String, Object>> rows)
            throws IOException {
        FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
        var data = engine.getParquetHandler()
                .readParquetFiles(
                        io.delta.kernel.internal.util.Utils.singletonCloseableIterator(status),
                        physical,
                        Optional.empty())
                .map(result -> result.getData());
        try (CloseableIterator<FilteredColumnarBatch> logical = Scan.transformPhysicalData(engine, state, file, data)) {
            while (logical.hasNext()) {
                try (CloseableIterator<Row> each = logical.next().getRows()) {
                    while (each.hasNext()) {
                        rows.add(values(each.next()));
                    }
                }
            }
        }
    }

    private static Map<String, Object> values(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<StructField> fields = row.getSchema().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (!row.isNullAt(i)) {
                values.put(fields.get(i).getName(), value(row, i, fields.get(i).getDataType()));
            }
        }
        return values;
    }

    private static Object value(Row row, int i, DataType type) {
        return switch (type) {
            case BooleanType t -> row.getBoolean(i);
            case ByteType t -> (long) row.getByte(i);
            case ShortType t -> (long) row.getShort(i);
            case IntegerType t -> (long) row.getInt(i);
            case LongType t -> row.getLong(i);
            case DateType t -> (long) row.getInt(i);
            case TimestampType t -> row.getLong(i);
            case TimestampNTZType t -> row.getLong(i);
            case DoubleType t -> row.getDouble(i);
            case DecimalType t -> row.getDecimal(i);
            case StringType t -> row.getString(i);
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
