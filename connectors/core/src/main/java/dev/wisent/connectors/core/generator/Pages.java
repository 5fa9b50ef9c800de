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

    /// One page: the ids `from` to `to`, both included.
    record Page(long number, long from, long to) {
        long rows() {
            return to - from + 1;
        }
    }

    /// The page after `after`; empty: there is none.
    Optional<Page> next(Position after) {
        long number = after.ordinal() == 0 ? firstPage : after.ordinal() + stride;
        long from = firstId + (number - firstPage) * pageSize;
        if (from > lastId) {
            return Optional.empty();
        }
        long to = lastId - from < pageSize ? lastId : from + pageSize - 1;
        return Optional.of(new Page(number, from, to));
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
