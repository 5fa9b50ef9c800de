package dev.wisent.columnar.internal.csv;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.internal.DecodeFailure;
import dev.wisent.columnar.internal.Swar;
import dev.wisent.columnar.internal.Utf8;
import java.util.Arrays;

/// Divides one CSV record into cells (RFC 4180 section 2). A quote inside an unquoted cell, and anything between a closing
/// quote and the next delimiter, is refused.
public final class CellScanner {
    private static final int FIRST_SCRATCH = 256;

    private final byte delimiter;
    private final byte quote;
    private final long delimiters;
    private final long quotes;
    private byte[] scratch = new byte[FIRST_SCRATCH];

    public CellScanner(CsvOptions options) {
        delimiter = options.delimiter();
        quote = options.quote();
        delimiters = Swar.fill(delimiter);
        quotes = Swar.fill(quote);
    }

    /// Hands the cells of the record in `[from, to)` to `sink` and returns how many there are. The byte at `to` is a line
    /// end, and [Swar#PADDING] bytes can be read from it on.
    public int scan(byte[] bytes, int from, int to, CellSink sink) {
        int invalid = Utf8.firstInvalid(bytes, from, to);
        if (invalid >= 0) {
            throw new DecodeFailure(
                    Reason.ENCODING,
                    "byte %,d of the record is not in the encoding of the file".formatted(invalid - from));
        }
        int at = from;
        int cells = 0;
        while (true) {
            at = at < to && bytes[at] == quote
                    ? quoted(bytes, at + 1, to, cells, sink)
                    : plain(bytes, at, to, cells, sink);
            cells++;
            if (at >= to) {
                return cells;
            }
            at++;
        }
    }

    private int plain(byte[] bytes, int from, int to, int index, CellSink sink) {
        int at = from;
        while (at < to) {
            long word = Swar.get(bytes, at);
            long hit = Swar.equal(word, delimiters) | Swar.equal(word, quotes);
            at += Swar.first(hit);
            if (hit != 0) {
                break;
            }
        }
        int end = Math.min(at, to);
        if (end < to && bytes[end] == quote) {
            throw new DecodeFailure(
                    Reason.SYNTAX, "cell %d has a quote inside but none around it".formatted(index + 1));
        }
        sink.cell(index, bytes, from, end - from, CellSink.Quoting.PLAIN);
        return end;
    }

    private int quoted(byte[] bytes, int from, int to, int index, CellSink sink) {
        int end = Swar.find(bytes, from, to, quote);
        if (end >= 0 && end + 1 < to && bytes[end + 1] == quote) {
            return doubled(bytes, from, to, index, sink);
        }
        int next = afterQuote(bytes, end, to, index);
        sink.cell(index, bytes, from, end - from, CellSink.Quoting.QUOTED);
        return next;
    }

    /// Where the cell whose closing quote is at `end` gives way to the next.
    private int afterQuote(byte[] bytes, int end, int to, int index) {
        if (end < 0 || (end + 1 < to && bytes[end + 1] != delimiter)) {
            throw new DecodeFailure(Reason.SYNTAX, "cell %d goes on behind its closing quote".formatted(index + 1));
        }
        return end + 1;
    }

    /// A cell with doubled quotes, each of which stands for one.
    private int doubled(byte[] bytes, int from, int to, int index, CellSink sink) {
        int length = 0;
        int run = from;
        while (true) {
            int end = Swar.find(bytes, run, to, quote);
            boolean pair = end >= 0 && end + 1 < to && bytes[end + 1] == quote;
            int next = pair ? end + 2 : afterQuote(bytes, end, to, index);
            int count = (pair ? end + 1 : end) - run;
            if (scratch.length < length + count + Swar.PADDING) {
                scratch = Arrays.copyOf(scratch, Math.max(length + count + Swar.PADDING, scratch.length * 2));
            }
            System.arraycopy(bytes, run, scratch, length, count);
            length += count;
            run = next;
            if (!pair) {
                scratch[length] = '\n';
                sink.cell(index, scratch, 0, length, CellSink.Quoting.QUOTED);
                return next;
            }
        }
    }
}
