package dev.wisent.columnar.internal.csv;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.ValueForm;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Drift;
import dev.wisent.columnar.internal.RowDecoder;
import dev.wisent.columnar.internal.Slot;
import dev.wisent.columnar.internal.json.ValueReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// One CSV record into one row, cells going to the columns of their header names.
public final class CsvRows implements RowDecoder, CellSink {
    private final RecordBatch batch;
    private final Drift drift;
    private final CsvHeader header;
    private final CellScanner scanner;
    private final byte[] nullText;
    private final ValueForm.ByColumn forms;
    private Cell[] cells = {};
    private List<ValueReader> required = List.of();

    /// What is done with the cells of one header name.
    private sealed interface Cell {
        record Known(ValueReader reader) implements Cell {}

        record Unknown(Slot slot) implements Cell {}
    }

    public CsvRows(RecordBatch batch, Drift drift, CsvHeader header, CsvOptions options, ValueForm.ByColumn forms) {
        this.batch = batch;
        this.drift = drift;
        this.header = header;
        this.forms = forms;
        this.scanner = new CellScanner(options);
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void decode(byte[] bytes, int from, int to) {
        if (cells.length == 0) {
            bind();
        }
        int found = scanner.scan(bytes, from, to, this);
        if (found != cells.length) {
            throw new DecodeFailure(
                    Reason.COLUMN_COUNT, "the record has %d cells for %d columns".formatted(found, cells.length));
        }
        for (ValueReader reader : required) {
            Column column = reader.column();
            if (column.size() <= batch.rows() || column.isNull(batch.rows())) {
                drift.refuseMissing(reader.slot());
            }
        }
    }

    private void bind() {
        Schema schema = batch.schema();
        ValueReader[] readers = new ValueReader[schema.size()];
        for (int i = 0; i < readers.length; i++) {
            String name = schema.field(i).name();
            readers[i] = ValueReader.of(new Slot.Column(name), drift, batch.column(i), forms.of(name));
        }
        cells = header.names().stream()
                .map(name -> {
                    OptionalInt field = schema.indexOf(name);
                    return field.isPresent()
                            ? new Cell.Known(readers[field.getAsInt()])
                            : new Cell.Unknown(new Slot.Column(name));
                })
                .toArray(Cell[]::new);
        required = IntStream.range(0, readers.length)
                .filter(i -> !schema.field(i).isNullable())
                .mapToObj(i -> readers[i])
                .toList();
    }

    @Override
    public void cell(int index, byte[] text, int from, int length, Quoting quoting) {
        if (index >= cells.length) {
            return;
        }
        boolean isNull = quoting == Quoting.PLAIN
                && length == nullText.length
                && Arrays.equals(nullText, 0, length, text, from, from + length);
        switch (cells[index]) {
            case Cell.Known(ValueReader reader) -> {
                if (isNull) {
                    reader.column().appendNull();
                } else if (!reader.readText(text, from, length)) {
                    reader.misfitText(text, from, length);
                }
            }
            case Cell.Unknown(Slot slot) -> {
                if (!isNull) {
                    unknown(slot);
                }
            }
        }
    }

    /// A new column of a CSV holds strings: one cell does not tell what the next ones are.
    private void unknown(Slot slot) {
        switch (drift.onUnknownKey()) {
            case DISCARD_VALUE -> drift.discard();
            case EVOLVE -> drift.wantColumn(slot, DataType.STRING);
            case FREEZE, DISCARD_ROW -> drift.refuseKey(slot);
        }
    }
}
