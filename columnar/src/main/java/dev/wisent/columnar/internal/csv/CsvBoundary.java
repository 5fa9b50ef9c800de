package dev.wisent.columnar.internal.csv;

import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.internal.Boundary;
import dev.wisent.columnar.internal.Swar;
import java.util.Optional;

/// Where a CSV record ends: at an LF or CR outside quotes. A quote opens a quoted cell only where a cell begins.
public final class CsvBoundary implements Boundary {
    private static final long LINE_FEEDS = Swar.fill((byte) '\n');
    private static final long RETURNS = Swar.fill((byte) '\r');

    private final byte delimiter;
    private final byte quote;
    private final long quotes;
    /// The next byte begins a cell.
    private boolean cellStart = true;
    private boolean inQuotes;
    /// In quotes, and the last byte was a quote: the closing one, or the first of two.
    private boolean quoteSeen;
    private int innerLines;
    private int openedAfter;

    public CsvBoundary(CsvOptions options) {
        delimiter = options.delimiter();
        quote = options.quote();
        quotes = Swar.fill(quote);
    }

    @Override
    public int find(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            if (quoteSeen) {
                quoteSeen = false;
                if (data[at] == quote) {
                    at++;
                } else {
                    inQuotes = false;
                    cellStart = false;
                }
            } else if (inQuotes) {
                at = quoted(data, at, to);
            } else {
                int stop = plain(data, at, to);
                if (stop == to) {
                    cellStart = stop > at ? data[stop - 1] == delimiter : cellStart;
                    return -1;
                }
                if (data[stop] != quote) {
                    cellStart = true;
                    return stop;
                }
                inQuotes = stop > at ? data[stop - 1] == delimiter : cellStart;
                cellStart = false;
                openedAfter = innerLines;
                at = stop + 1;
            }
        }
        return -1;
    }

    /// The next quote or line end outside quotes, or `to`.
    private int plain(byte[] data, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = Swar.get(data, at);
            long hit = Swar.equal(word, quotes) | Swar.equal(word, LINE_FEEDS) | Swar.equal(word, RETURNS);
            if (hit != 0) {
                return at + Swar.first(hit);
            }
        }
        while (at < to && data[at] != quote && data[at] != '\n' && data[at] != '\r') {
            at++;
        }
        return at;
    }

    /// Behind the next quote inside quotes, or `to`; counts line ends on the way.
    private int quoted(byte[] data, int from, int to) {
        int at = from;
        while (at < to) {
            if (at <= to - Long.BYTES) {
                long word = Swar.get(data, at);
                long hit = Swar.equal(word, quotes) | Swar.equal(word, LINE_FEEDS);
                at += Swar.first(hit);
                if (hit == 0) {
                    continue;
                }
            }
            byte b = data[at++];
            if (b == quote) {
                quoteSeen = true;
                return at;
            }
            innerLines += b == '\n' ? 1 : 0;
        }
        return at;
    }

    /// Blank lines are judged by who knows how many columns there are.
    @Override
    public boolean isBlank(byte[] bytes, int from, int to) {
        return false;
    }

    @Override
    public int takeInnerLines() {
        int lines = innerLines;
        innerLines = 0;
        return lines;
    }

    @Override
    public Optional<String> unterminated() {
        return inQuotes && !quoteSeen
                ? Optional.of("a quoted cell is not closed before the end of the input; its quote is on line "
                        + (openedAfter + 1) + " of the record")
                : Optional.empty();
    }
}
