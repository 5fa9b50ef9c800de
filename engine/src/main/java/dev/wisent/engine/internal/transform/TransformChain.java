package dev.wisent.engine.internal.transform;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import dev.wisent.engine.LabelledTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes batches through all steps of one worker, in order.
///
/// A record that any step refuses is refused as a whole: the reject holds it as it was read, and no row made of it is
/// written, so that replaying the reject later neither loses nor repeats rows. Every record of a batch ends up written (as one
/// row or several), refused or filtered, and is counted so.
public final class TransformChain implements AutoCloseable {
    private final List<Link> links = new ArrayList<>();
    private final boolean small;
    private final Gathering gathering;
    private final RowText text = new RowText();
    private final RowCopy slice = new RowCopy();
    private final RowCopy survivors = new RowCopy();

    private record Link(String where, String label, TransformStep step) {}

    /// Where rows go after the last step.
    public interface Out {
        void transformed(RecordBatch batch, AsRead read);

        /// A record no step's answer could be written for; it was counted as read.
        void refuse(Reject reject);

        /// Rows that records became beyond the first, and records that became none.
        void counted(long added, long filtered);
    }

    public TransformChain(List<LabelledTransform> transforms) {
        for (LabelledTransform transform : transforms) {
            links.add(new Link(
                    transform.where(), transform.label(), transform.transform().step()));
        }
        this.small = transforms.stream().anyMatch(t -> t.transform().fanout() == Transform.Fanout.MANY);
        this.gathering = new Gathering(transforms.stream()
                .mapToInt(t -> t.transform().worthwhileRows())
                .max()
                .orElse(1));
    }

    /// Proves that each step can work on what the one before it hands on; returns what the last one does, if that is known.
    public static Optional<Schema> check(List<LabelledTransform> transforms, Optional<Schema> input) {
        Optional<Schema> schema = input;
        for (LabelledTransform transform : transforms) {
            try {
                schema = transform.transform().check(schema);
            } catch (WisentException e) {
                throw placed(e, transform.where());
            }
        }
        return schema;
    }

    /// Like [#apply], but a small batch may stay here until there are more rows of the same input, if the steps want many at
    /// once. Whoever calls this calls [#handOn] too, before anything is made of how far the input has come.
    public void gather(String label, RecordBatch batch, Out out) {
        boolean alone = gathering.leavesAlone(batch);
        if (alone || !gathering.fits(batch)) {
            handOn(label, out);
        }
        if (alone) {
            apply(label, batch, out);
        } else {
            gathering.add(batch);
            if (gathering.isWorthwhile()) {
                handOn(label, out);
            }
        }
    }

    /// Whether rows are waiting for more.
    public boolean holdsRows() {
        return gathering.count() > 0;
    }

    /// Takes the rows that wait through the steps.
    public void handOn(String label, Out out) {
        if (holdsRows()) {
            RecordBatch rows = gathering.gathered();
            apply(label, rows, out);
            gathering.clear();
        }
    }

    /// The rows that wait have never been read.
    public void forget() {
        gathering.clear();
    }

    /// Takes `batch` through the steps; without any it goes on as it is. `label` names its input in rejects.
    public void apply(String label, RecordBatch batch, Out out) {
        if (links.isEmpty()) {
            out.transformed(batch, new AsRead(label, batch, new Lineage(batch.rows()), text));
            return;
        }
        refuseTruncates(batch);
        if (!small || RowCopy.isSmall(batch)) {
            through(label, batch, out);
            return;
        }
        for (int from = 0; from < batch.rows(); ) {
            int to = RowCopy.endOfSlice(batch, from);
            through(label, slice.range(batch, from, to), out);
            from = to;
        }
    }

    private void through(String label, RecordBatch batch, Out out) {
        Lineage lineage = new Lineage(batch.rows());
        AsRead read = new AsRead(label, batch, lineage, text);
        RecordBatch rows = batch;
        for (Link link : links) {
            if (rows.rows() == 0) {
                break;
            }
            Applied applied = step(link, rows);
            for (Applied.Refused refused : applied.refused()) {
                int record = lineage.record(refused.row());
                if (lineage.refuse(record)) {
                    String message = "transform '" + link.label() + "': " + refused.message();
                    out.refuse(read.reject(record, refused.code(), message));
                }
            }
            lineage.follow(applied.origins(), applied.rows().rows());
            rows = applied.rows();
        }
        rows = withoutRefused(rows, lineage);
        Lineage.Sums sums = lineage.sums();
        out.counted(sums.added(), sums.filtered());
        if (rows.rows() > 0) {
            out.transformed(dressed(rows, batch, lineage), read);
        }
    }

    private static Applied step(Link link, RecordBatch rows) {
        try {
            return link.step().apply(rows);
        } catch (WisentException e) {
            throw placed(e, link.where());
        }
    }

    private static WisentException placed(WisentException e, String where) {
        return e.where(e.where().isEmpty() ? where : where + "\n" + e.where());
    }

    /// Rows of a record that a later step refused go with it.
    private RecordBatch withoutRefused(RecordBatch rows, Lineage lineage) {
        Optional<int[]> kept = lineage.survivors();
        return kept.isEmpty() ? rows : survivors.rows(rows, kept.get(), kept.get().length);
    }

    /// The rows with what belongs to their records: number, operation, route.
    private static RecordBatch dressed(RecordBatch rows, RecordBatch batch, Lineage lineage) {
        Numbering numbering = lineage.numbering(batch.numbering());
        RecordBatch dressed = RecordBatch.over(rows.schema(), rows.columns(), rows.rows())
                .number(numbering)
                .routeTo(batch.destinationId());
        if (batch.hasOps()) {
            RowOp[] ops = new RowOp[rows.rows()];
            for (int row = 0; row < ops.length; row++) {
                ops[row] = batch.op(lineage.record(row));
            }
            dressed.operate(ops);
        }
        return dressed;
    }

    /// A truncate has no values a step could look at, and dropping it would leave old rows in the target.
    private static void refuseTruncates(RecordBatch batch) {
        for (int row = 0; batch.hasOps() && row < batch.rows(); row++) {
            if (batch.op(row) == RowOp.TRUNCATE) {
                throw WisentException.of(
                                ErrorCode.NOT_SUPPORTED, "a truncate can't go through transforms in this version")
                        .hint("run this stream without transforms");
            }
        }
    }

    @Override
    public void close() {
        links.forEach(link -> link.step().close());
    }
}
