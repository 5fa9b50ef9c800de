package dev.wisent.connectors.core.generator;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.source.Split;
import java.util.Optional;
import java.util.OptionalLong;

/// The pages of one split: every `stride`-th from `firstPage` on, over the ids `firstId` to `lastId`. The ordinal of a
/// page is its number in the
/// whole stream, from 1.
record Pages(long firstId, long lastId, long firstPage, int stride, int pageSize) {
    static final long ENDLESS = Long.MAX_VALUE;

    /// The ids `from` to `to`, both included, of the page that begins at `first`.
    record Page(long number, long first, long from, long to, Position end) {
        long rows() {
            return to - from + 1;
        }
    }

    /// What comes after `after`: the next page, or, in a stream that has grown since, the rest of one that was not
    /// full. Empty: nothing.
    Optional<Page> next(Position after) {
        if (!after.token().isEmpty()) {
            Optional<Page> rest = page(after.ordinal(), Long.parseLong(after.token()) + 1);
            if (rest.isPresent()) {
                return rest;
            }
        }
        long number = after.ordinal() == 0 ? firstPage : after.ordinal() + stride;
        return page(number, first(number));
    }

    /// Whether it is known how many there are.
    boolean isEndless() {
        return lastId == ENDLESS;
    }

    private long first(long number) {
        return firstId + (number - firstPage) * pageSize;
    }

    private Optional<Page> page(long number, long from) {
        long first = first(number);
        long full = ENDLESS - first < pageSize ? ENDLESS : first + pageSize - 1;
        long to = Math.min(lastId, full);
        // Only the last page of a stream may grow later; its position says up to which id it went.
        Position end = to < full && stride > 1 ? new Position(number, Long.toString(to)) : Position.at(number);
        return from > to ? Optional.empty() : Optional.of(new Page(number, first, from, to, end));
    }

    Split split(SplitId id, String label, int recordBytes) {
        String spec = firstId + " " + lastId + " " + firstPage + " " + stride + " " + pageSize;
        OptionalLong bytes = lastId == ENDLESS
                ? OptionalLong.empty()
                : OptionalLong.of((lastId - firstId + 1) / stride * recordBytes);
        return new Split(id, label, spec, bytes);
    }

    static Pages of(Split split) {
        String[] parts = split.spec().split(" ", -1);
        return new Pages(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
