package dev.wisent.columnar;

import dev.wisent.columnar.internal.BatchAssembler;
import dev.wisent.columnar.internal.LineSplitter;
import dev.wisent.columnar.internal.StreamDecoder;
import dev.wisent.columnar.internal.csv.CsvBoundary;
import dev.wisent.columnar.internal.csv.CsvHeader;
import dev.wisent.columnar.internal.csv.CsvRecords;
import dev.wisent.columnar.internal.csv.CsvRows;
import dev.wisent.columnar.internal.csv.Transcoder;
import dev.wisent.columnar.internal.json.DocumentSplitter;
import dev.wisent.columnar.internal.json.JsonCursor;
import dev.wisent.columnar.internal.json.JsonRows;
import dev.wisent.columnar.internal.json.LineBoundary;

/// Makes decoders. `docs/reference/formats.md` lists what each does with every input.
public final class Decoders {
    private Decoders() {}

    /// JSON values divided by line ends.
    public static ByteDecoder ndjson(DecoderOptions options) {
        JsonCursor cursor = new JsonCursor(options.maxDepth());
        BatchAssembler rows =
                new BatchAssembler(options, (batch, drift) -> new JsonRows(batch, drift, cursor, options.forms()));
        return new StreamDecoder(
                new LineSplitter(new LineBoundary(), rows, options.start(), options.maxRecordBytes()), rows);
    }

    /// One JSON document of any size, of which only the current record is held.
    public static ByteDecoder jsonDocument(DecoderOptions options, RecordsPath path) {
        JsonCursor cursor = new JsonCursor(options.maxDepth());
        BatchAssembler rows =
                new BatchAssembler(options, (batch, drift) -> new JsonRows(batch, drift, cursor, options.forms()));
        return new StreamDecoder(new DocumentSplitter(options, path, rows), rows);
    }

    /// CSV as in RFC 4180.
    public static ByteDecoder csv(DecoderOptions options, CsvOptions csv) {
        CsvHeader header = new CsvHeader(csv);
        BatchAssembler rows =
                new BatchAssembler(options, (batch, drift) -> new CsvRows(batch, drift, header, csv, options.forms()));
        CsvRecords records = new CsvRecords(header, csv.header(), options.schema()::current, rows);
        LineSplitter lines = new LineSplitter(new CsvBoundary(csv), records, options.start(), options.maxRecordBytes());
        return new StreamDecoder(new Transcoder(csv.encoding(), lines), rows, header::names);
    }
}
