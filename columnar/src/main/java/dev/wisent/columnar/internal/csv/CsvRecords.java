package dev.wisent.columnar.internal.csv;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.RecordHandler;
import dev.wisent.columnar.internal.RecordPosition;
import java.util.Optional;
import java.util.function.Supplier;

/// Stands before the handler of records: takes the header away, and the blank lines. A blank line is a record only where
/// there is one column, whose null it is.
public final class CsvRecords implements RecordHandler {
    private final CsvHeader header;
    private final Supplier<Schema> schema;
    private final RecordHandler rest;
    private boolean headerAhead;
    private Optional<String> headerFault = Optional.empty();

    /// @param expected whether the first record is the header
    public CsvRecords(CsvHeader header, CsvOptions.Header expected, Supplier<Schema> schema, RecordHandler rest) {
        this.header = header;
        this.schema = schema;
        this.rest = rest;
        this.headerAhead = expected == CsvOptions.Header.PRESENT;
    }

    @Override
    public boolean record(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink) {
        if (from == to && (headerAhead || header.names().size() != 1)) {
            return true;
        }
        if (headerFault.isPresent()) {
            rest.refused(Reason.SYNTAX, headerFault.get(), bytes, from, to, to - from, at, sink);
            return true;
        }
        try {
            if (headerAhead) {
                headerAhead = false;
                header.read(bytes, from, to);
                return true;
            }
            if (header.names().isEmpty()) {
                header.assume(schema.get(), bytes, from, to);
            }
        } catch (DecodeFailure failure) {
            headerFault = Optional.of(
                    "the columns are unknown, because the first line of the input is not valid: " + failure.message());
            rest.refused(failure.reason(), failure.message(), bytes, from, to, to - from, at, sink);
            return true;
        }
        return rest.record(bytes, from, to, at, sink);
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
        if (headerAhead) {
            headerAhead = false;
            headerFault = Optional.of("the columns are unknown, because the header is not valid: " + message);
        }
        rest.refused(reason, message, bytes, from, to, rawBytes, at, sink);
    }
}
