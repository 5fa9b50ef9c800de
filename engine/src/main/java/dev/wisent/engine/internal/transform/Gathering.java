package dev.wisent.engine.internal.transform;

import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.Places;
import dev.wisent.columnar.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Rows of small batches of one input, put together for steps whose calls cost more than their rows. They keep their numbers.
final class Gathering {
    /// What rows gathered may take, beside the batch they come from; half of it is worth a call, however few rows it is.
    private static final long MAX_BYTES = RecordBatch.MAX_BYTES;

    private final int worthwhile;
    private Optional<RecordBatch> rows = Optional.empty();
    private long[] ordinals = {};
    private int[] indexes = {};
    /// Empty as long as some row here came without a place.
    private Optional<Places> places = Optional.empty();
    /// By row, where records that are read once more stood first.
    private final List<Places.First> first = new ArrayList<>();

    /// @param worthwhile so many rows are enough; 1: nothing is gathered
    Gathering(int worthwhile) {
        this.worthwhile = Math.min(worthwhile, RecordBatch.MAX_ROWS);
    }

    int count() {
        return rows.map(RecordBatch::rows).orElse(0);
    }

    /// Whether `batch` should go through by itself: it is large enough, or has what others have not.
    boolean leavesAlone(RecordBatch batch) {
        return batch.rows() >= worthwhile
                || batch.bytes() >= MAX_BYTES / 2
                || batch.hasOps()
                || batch.destinationId().isPresent()
                || batch.numbering() instanceof Numbering.Derived
                || batch.columns().stream().anyMatch(column -> column.size() != batch.rows());
    }

    /// Whether `batch` can stand behind what is here.
    boolean fits(RecordBatch batch) {
        return count() == 0
                || count() + batch.rows() <= RecordBatch.MAX_ROWS
                        && rows.orElseThrow().bytes() + batch.bytes() <= MAX_BYTES
                        && rows.orElseThrow().schema().equals(batch.schema());
    }

    boolean isWorthwhile() {
        return count() >= worthwhile || rows.map(RecordBatch::bytes).orElse(0L) >= MAX_BYTES / 2;
    }

    void add(RecordBatch batch) {
        RecordBatch to =
                rows.filter(of -> of.schema().equals(batch.schema())).orElseGet(() -> RecordBatch.of(batch.schema()));
        int before = to.rows();
        int after = before + batch.rows();
        places = placesWith(batch, before);
        if (after > ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, Math.max(after, worthwhile * 2));
            indexes = Arrays.copyOf(indexes, ordinals.length);
        }
        for (int row = 0; row < batch.rows(); row++) {
            ordinals[before + row] = batch.numbering().ordinal(row);
            indexes[before + row] = batch.numbering().index(row);
        }
        for (int i = 0; i < to.columns().size(); i++) {
            to.column(i).appendAll(batch.column(i));
        }
        rows = Optional.of(RecordBatch.over(to.schema(), to.columns(), after));
    }

    private Optional<Places> placesWith(RecordBatch batch, int before) {
        if (batch.places().isEmpty() || before > 0 && places.isEmpty()) {
            return Optional.empty();
        }
        Places more = batch.places().get();
        Places old = places.orElseGet(() -> new Places(new long[0], new long[0]));
        if (before == 0) {
            first.clear();
        } else if (first.isEmpty() != more.first().isEmpty()) {
            return Optional.empty();
        }
        first.addAll(more.first());
        return Optional.of(new Places(
                joined(old.lines(), before, more.lines(), batch.rows()),
                joined(old.byteOffsets(), before, more.byteOffsets(), batch.rows()),
                first));
    }

    private static long[] joined(long[] first, int count, long[] second, int more) {
        int needed = count + more;
        long[] all = needed <= first.length ? first : Arrays.copyOf(first, Math.max(needed, first.length * 2));
        System.arraycopy(second, 0, all, count, more);
        return all;
    }

    /// What is here, valid until the next [#add].
    RecordBatch gathered() {
        return rows.orElseThrow()
                .number(new Numbering.Explicit(ordinals, indexes))
                .place(places);
    }

    /// Nothing is here any more.
    void clear() {
        rows.ifPresent(RecordBatch::clear);
    }
}
