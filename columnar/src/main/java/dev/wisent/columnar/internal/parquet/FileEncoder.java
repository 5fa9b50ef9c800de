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
    /// What the footer keeps of a chunk, beside its indexes.
    private static final int CHUNK_BYTES = 256;

    private final Schema schema;
    private final ParquetOptions options;
    private final PageEncoder pages;
    /// Of a second thread.
    private Optional<PageEncoder> morePages = Optional.empty();
    private final SchemaTree tree;
    private final Slots slots = new Slots();
    private List<Footer.Group> groups = new ArrayList<>();
    private long metadataBytes;
    private long position;
    private long rows;
    private int groupRows;

    public FileEncoder(Schema schema, ParquetOptions options) {
        this.schema = schema;
        this.options = options;
        this.pages = new PageEncoder(options);
        this.tree = SchemaTree.of(schema, options);
    }

    /// @param other a thread that may take some of the columns; all are encoded when this returns
    public void encode(RecordBatch batch, int fromRow, int toRow, ByteSink out, Optional<Executor> other) {
        if (!schema.equals(batch.schema())) {
            throw new IllegalArgumentException("a batch of another schema: " + batch.schema());
        }
        int step = step(batch);
        for (int row = fromRow; row < toRow; ) {
            int end = Math.min(Math.min(toRow, row + step), row + options.rowGroupRows() - groupRows);
            slots.rows(row, end);
            int count = end - row;
            if (other.isPresent()) {
                PageEncoder more = morePages();
                Divided columns = new Divided(tree.fields().size());
                columns.run(i -> column(batch, i, count, pages), i -> column(batch, i, count, more), other.get());
            } else {
                for (int i = 0; i < tree.fields().size(); i++) {
                    column(batch, i, count, pages);
                }
            }
            groupRows += end - row;
            row = end;
            if (groupRows >= options.rowGroupRows() || groupBytes() >= options.rowGroupBytes()) {
                endGroup(out);
            }
        }
    }

    private void column(RecordBatch batch, int field, int rows, PageEncoder into) {
        tree.fields().get(field).write(batch.column(field), slots);
        List<ColumnWriter> leaves = tree.leavesOf(field);
        for (int i = 0; i < leaves.size(); i++) {
            leaves.get(i).endRows(rows, into);
        }
    }

    private PageEncoder morePages() {
        if (morePages.isEmpty()) {
            morePages = Optional.of(new PageEncoder(options));
        }
        return morePages.get();
    }

    private static int step(RecordBatch batch) {
        long bytes = Math.max(1, batch.bytes());
        return Math.clamp(batch.rows() * (long) STEP_BYTES / bytes, 1, STEP_ROWS);
    }

    private void endGroup(ByteSink sink) {
        FileOutput out = begin(sink);
        List<FinishedChunk> chunks = new ArrayList<>(tree.leaves().size());
        for (ColumnWriter leaf : tree.leaves()) {
            chunks.add(leaf.endChunk(out, pages));
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
        tree.leaves().forEach(ColumnWriter::beginFile);
        groups = new ArrayList<>();
        metadataBytes = 0;
        position = 0;
        rows = 0;
        groupRows = 0;
    }

    public long heldBytes() {
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
        pages.close();
        morePages.ifPresent(PageEncoder::close);
    }
}
