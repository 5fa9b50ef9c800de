package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.internal.Boundary;
import dev.wisent.columnar.internal.Swar;
import java.util.Optional;

/// NDJSON: a record ends at a line feed, which JSON strings can't hold unescaped. Lines of nothing but whitespace are no
/// records; the carriage return of a CRLF is whitespace.
public final class LineBoundary implements Boundary {
    @Override
    public int find(byte[] data, int from, int to) {
        return Swar.find(data, from, to, (byte) '\n');
    }

    @Override
    public boolean endsAtLineFeeds() {
        return true;
    }

    @Override
    public boolean isBlank(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
        return at == to;
    }

    @Override
    public int takeInnerLines() {
        return 0;
    }

    @Override
    public Optional<String> unterminated() {
        return Optional.empty();
    }
}
