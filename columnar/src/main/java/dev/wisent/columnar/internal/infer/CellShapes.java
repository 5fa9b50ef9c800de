package dev.wisent.columnar.internal.infer;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.RecordHandler;
import dev.wisent.columnar.internal.RecordPosition;
import dev.wisent.columnar.internal.Splitter;
import dev.wisent.columnar.internal.csv.CellScanner;
import dev.wisent.columnar.internal.csv.CellSink;
import dev.wisent.columnar.internal.csv.CsvHeader;
import dev.wisent.columnar.internal.csv.CsvRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The shapes of CSV columns, by name over all files. Records that are not valid or have another number of cells are left
/// out; decoding will refuse them.
public final class CellShapes implements Sampler {
    private final CsvOptions options;
    private final byte[] nullText;
    private final Function<RecordHandler, Splitter> splitters;
    private final Map<String, Shape> columns = new LinkedHashMap<>();
    private final List<CsvHeader> headers = new ArrayList<>();
    private long records;

    public CellShapes(CsvOptions options, Function<RecordHandler, Splitter> splitters) {
        this.options = options;
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.splitters = splitters;
    }

    @Override
    public Splitter open() {
        addColumns();
        CsvHeader header = new CsvHeader(options);
        headers.add(header);
        return splitters.apply(new CsvRecords(header, options.header(), Schema::of, new Cells(header)));
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public List<Field> fields() {
        addColumns();
        return columns.entrySet().stream()
                .map(e -> Field.nullable(e.getKey(), e.getValue().cellType()))
                .toList();
    }

    /// Files of nothing but a header have columns, too.
    private void addColumns() {
        for (CsvHeader header : headers) {
            header.names().forEach(name -> columns.computeIfAbsent(name, n -> new Shape()));
        }
    }

    /// One file.
    private final class Cells implements RecordHandler, CellSink {
        private final CsvHeader header;
        private final CellScanner scanner = new CellScanner(options);
        private boolean started;

        private Cells(CsvHeader header) {
            this.header = header;
        }

        @Override
        public boolean record(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink) {
            if (!started) {
                started = true;
                addColumns();
            }
            try {
                int cells = scanner.scan(bytes, from, to, (index, text, start, length, quoting) -> {});
                if (cells == header.names().size()) {
                    scanner.scan(bytes, from, to, this);
                    records++;
                }
            } catch (DecodeFailure failure) {
                return false;
            }
            return true;
        }

        @Override
        public void cell(int index, byte[] text, int from, int length, Quoting quoting) {
            boolean isNull =
                    quoting == Quoting.PLAIN && Arrays.equals(nullText, 0, nullText.length, text, from, from + length);
            if (!isNull) {
                columns.computeIfAbsent(header.names().get(index), n -> new Shape())
                        .cell(text, from, length);
            }
        }

        @Override
        public void refused(
                Reason reason,
                String message,
                byte[] bytes,
                int from,
                int to,
                long rawBytes,
                RecordPosition at,
                RecordSink sink) {
            // Left out.
        }
    }
}
