package dev.wisent.columnar;

import dev.wisent.columnar.internal.text.ValueWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes rows as CSV (RFC 4180) in UTF-8, lines ended by CRLF. Null and absent are the empty cell, the empty string is
/// `""`; nested values and json are JSON text. One thread. `docs/reference/formats.md` has the form of every type.
public final class CsvEncoder {
    /// Delimiters that occur in no number, date, uuid or base64 text, so that only strings are searched for them.
    private static final String RARE_DELIMITERS = ",;|\t";

    private final Schema schema;
    private final byte delimiter;
    private final byte quote;
    private final ValueWriter[] writers;
    private final boolean[] searched;

    /// Uses delimiter and quote of `options`; the rest of them is for reading.
    public CsvEncoder(Schema schema, CsvOptions options) {
        this.schema = schema;
        this.delimiter = options.delimiter();
        this.quote = options.quote();
        this.writers =
                schema.fields().stream().map(f -> ValueWriter.plain(f.type())).toArray(ValueWriter[]::new);
        this.searched = new boolean[writers.length];
        boolean common = RARE_DELIMITERS.indexOf(delimiter) < 0 || quote != '"';
        for (int i = 0; i < searched.length; i++) {
            searched[i] = common
                    || switch (schema.field(i).type()) {
                        case DataType.Text t -> true;
                        case DataType.Json t -> true;
                        case DataType.Struct t -> true;
                        case DataType.ListOf t -> true;
                        case DataType.MapOf t -> true;
                        default -> false;
                    };
        }
    }

    /// Appends the line with the names of the columns.
    public void header(OutputBuffer out) {
        for (int i = 0; i < writers.length; i++) {
            separate(i, out);
            int start = out.length();
            out.put(schema.field(i).name().getBytes(StandardCharsets.UTF_8));
            quoteIfNeeded(start, out);
        }
        endLine(out);
    }

    /// Appends rows `[fromRow, toRow)` of a batch of this encoder's schema.
    public void encode(RecordBatch batch, int fromRow, int toRow, OutputBuffer out) {
        if (!schema.equals(batch.schema())) {
            throw new IllegalArgumentException("a batch of another schema: " + batch.schema());
        }
        List<Column> columns = batch.columns();
        for (int row = fromRow; row < toRow; row++) {
            for (int i = 0; i < writers.length; i++) {
                separate(i, out);
                Column column = columns.get(i);
                if (column.isNull(row)) {
                    continue;
                }
                int start = out.length();
                writers[i].write(column, row, out);
                if (searched[i] || out.length() == start) {
                    quoteIfNeeded(start, out);
                }
            }
            endLine(out);
        }
    }

    private void separate(int column, OutputBuffer out) {
        if (column > 0) {
            out.put(delimiter);
        }
    }

    private static void endLine(OutputBuffer out) {
        out.put('\r');
        out.put('\n');
    }

    /// Quotes what was written from `start` on, if a reader would take it for something else.
    private void quoteIfNeeded(int start, OutputBuffer out) {
        byte[] bytes = out.array();
        boolean special = out.length() == start;
        int quotes = 0;
        for (int i = start; i < out.length(); i++) {
            byte b = bytes[i];
            if (b == quote) {
                quotes++;
            }
            special |= b == delimiter || b == quote || b == '\n' || b == '\r';
        }
        if (special) {
            quoted(start, quotes, out);
        }
    }

    private void quoted(int start, int quotes, OutputBuffer out) {
        int from = out.length();
        int to = from + quotes + 2;
        byte[] bytes = out.ensure(quotes + 2);
        out.commit(to);
        bytes[--to] = quote;
        while (from > start) {
            byte b = bytes[--from];
            bytes[--to] = b;
            if (b == quote) {
                bytes[--to] = quote;
            }
        }
        bytes[start] = quote;
    }
}
