package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.parquet.ByteSink;
import dev.wisent.columnar.parquet.ParquetFile;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// One file after another: rows into row groups, row groups into the file.
public final class FileEncoder implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    /// Rows handled column by column at once: enough to make calls rare, few enough to end pages in time.
    private static final int STEP_ROWS = 4096;
    private static final int STEP_BYTES = 1 << 20;
    private static final long USUAL_BYTES = 2L * RecordBatch.MAX_BYTES;
    /// Row groups nobody gave a size: what a column needs to be worth reading by itself, and what a worker may hold.
    private static final long COLUMN_BYTES = 64 << 10;

    private static final long LEAST_GROUP_BYTES = 16 << 20;
    private static final long MOST_GROUP_BYTES = 64 << 20;
    /// What the footer keeps of a chunk, beside its indexes.
    private static final int CHUNK_BYTES = 256;

    private final Schema schema;
    private final ParquetOptions options;
    private final SchemaTree tree;
    private final long mostGroupBytes;
    private final Tools here;
    /// What another thread encodes, and is done with before anything else happens.
    private Optional<Beside> beside = Optional.empty();
    private Optional<RecordBatch> copy = Optional.empty();
    private Optional<Tools> there = Optional.empty();
    private List<Footer.Group> groups = new ArrayList<>();
    private long metadataBytes;
    private long position;
    private long rows;
    private int groupRows;

    public FileEncoder(Schema schema, ParquetOptions options) {
        this.schema = schema;
        this.options = options;
        this.here = new Tools(new PageEncoder(options), new Slots());
        this.tree = SchemaTree.of(schema, options);
        this.mostGroupBytes = options.rowGroupBytes()
                .orElse(Math.clamp(tree.leaves().size() * COLUMN_BYTES, LEAST_GROUP_BYTES, MOST_GROUP_BYTES));
    }

    /// What a thread needs to encode columns.
    private record Tools(PageEncoder pages, Slots slots) {}

    /// Rows of which the first `rows` are being encoded by another thread.
    ///
    /// @param heldBytes of the row group before
    private record Beside(Divided columns, RecordBatch batch, int rows, int step, long heldBytes) {}

    /// @param other a thread that may encode columns of a copy of the rows while the caller goes on
    public void encode(RecordBatch batch, int fromRow, int toRow, ByteSink out, Optional<Executor> other) {
        if (!schema.equals(batch.schema())) {
            throw new IllegalArgumentException("a batch of another schema: " + batch.schema());
        }
        settle(out);
        if (other.isPresent() && fromRow < toRow && isUsual(batch)) {
            begin(copied(batch, fromRow, toRow), step(batch), other.get());
        } else {
            encode(batch, fromRow, toRow, step(batch), out);
        }
    }

    /// What is larger than batches are is neither copied nor encoded without looking at what it comes to.
    private static boolean isUsual(RecordBatch batch) {
        return batch.bytes() <= USUAL_BYTES;
    }

    private RecordBatch copied(RecordBatch batch, int from, int to) {
        RecordBatch into = copy.orElseGet(() -> RecordBatch.of(schema));
        into.clear();
        for (int i = 0; i < schema.size(); i++) {
            into.column(i).appendRange(batch.column(i), from, to - from);
        }
        RecordBatch rows = RecordBatch.over(schema, into.columns(), to - from);
        copy = Optional.of(rows);
        return rows;
    }

    private void begin(RecordBatch batch, int step, Executor other) {
        int rows = Math.min(batch.rows(), options.rowGroupRows() - groupRows);
        Divided columns = new Divided(tree.fields().size());
        beside = Optional.of(new Beside(columns, batch, rows, step, groupBytes()));
        Tools tools = there.orElseGet(() -> new Tools(new PageEncoder(options), new Slots()));
        there = Optional.of(tools);
        columns.begin(i -> column(batch, i, 0, rows, step, tools), other);
    }

    /// Helps the other thread to end what it began.
    private void settle(ByteSink out) {
        if (beside.isPresent()) {
            Beside begun = beside.get();
            beside = Optional.empty();
            begun.columns.finish(i -> column(begun.batch, i, 0, begun.rows, begun.step, here));
            endRows(begun.rows, out);
            encode(begun.batch, begun.rows, begun.batch.rows(), begun.step, out);
        }
    }

    private void encode(RecordBatch batch, int fromRow, int toRow, int step, ByteSink out) {
        int stretch = isUsual(batch) ? toRow - fromRow : step;
        for (int row = fromRow; row < toRow; ) {
            int end = Math.min(row + Math.min(stretch, options.rowGroupRows() - groupRows), toRow);
            for (int i = 0; i < tree.fields().size(); i++) {
                column(batch, i, row, end, step, here);
            }
            endRows(end - row, out);
            row = end;
        }
    }

    private void endRows(int count, ByteSink out) {
        groupRows += count;
        if (groupRows >= options.rowGroupRows() || groupBytes() >= mostGroupBytes) {
            endGroup(out);
        }
    }

    private void column(RecordBatch batch, int field, int from, int to, int step, Tools tools) {
        List<ColumnWriter> leaves = tree.leavesOf(field);
        for (int row = from; row < to; ) {
            int end = Math.min(to, row + step);
            tools.slots.rows(row, end);
            tree.fields().get(field).write(batch.column(field), tools.slots);
            for (int i = 0; i < leaves.size(); i++) {
                leaves.get(i).endRows(end - row, tools.pages);
            }
            row = end;
        }
    }

    private static int step(RecordBatch batch) {
        long bytes = Math.max(1, batch.bytes());
        return Math.clamp(batch.rows() * (long) STEP_BYTES / bytes, 1, STEP_ROWS);
    }

    private void endGroup(ByteSink sink) {
        FileOutput out = begin(sink);
        List<FinishedChunk> chunks = new ArrayList<>(tree.leaves().size());
        for (ColumnWriter leaf : tree.leaves()) {
            chunks.add(leaf.endChunk(out, here.pages));
        }
        for (FinishedChunk chunk : chunks) {
            chunk.column.endGroup(chunk, out);
            metadataBytes += CHUNK_BYTES
                    + chunk.offsetIndex.length
                    + chunk.columnIndex.map(i -> i.length).orElse(0);
        }
        groups.add(new Footer.Group(groupRows, chunks));
        rows += groupRows;
        groupRows = 0;
        position = out.position();
    }

    private FileOutput begin(ByteSink sink) {
        FileOutput out = new FileOutput(sink, position);
        if (position == 0) {
            out.put(MAGIC);
        }
        return out;
    }

    public ParquetFile finish(ByteSink sink) {
        settle(sink);
        if (groupRows > 0) {
            endGroup(sink);
        }
        FileOutput out = begin(sink);
        new Footer(tree, options).write(groups, rows, out);
        out.put(MAGIC);
        ParquetFile file = new ParquetFile(
                rows,
                out.position(),
                groups.size(),
                tree.leaves().stream().map(ColumnWriter::summary).toList());
        drop();
        return file;
    }

    /// Forgets the file under construction.
    public void drop() {
        beside.ifPresent(begun -> begun.columns.abandon());
        beside = Optional.empty();
        tree.leaves().forEach(ColumnWriter::beginFile);
        groups = new ArrayList<>();
        metadataBytes = 0;
        position = 0;
        rows = 0;
        groupRows = 0;
    }

    public long heldBytes() {
        if (beside.isPresent()) {
            return metadataBytes + beside.get().heldBytes + beside.get().batch.bytes();
        }
        return groupRows == 0 ? metadataBytes : metadataBytes + groupBytes();
    }

    private long groupBytes() {
        long bytes = 0;
        for (int i = 0; i < tree.leaves().size(); i++) {
            bytes += tree.leaves().get(i).heldBytes();
        }
        return bytes;
    }

    @Override
    public void close() {
        drop();
        here.pages.close();
        there.ifPresent(tools -> tools.pages.close());
    }
}
