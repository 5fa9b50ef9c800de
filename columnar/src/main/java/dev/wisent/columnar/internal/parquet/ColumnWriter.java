package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.parquet.ColumnSummary;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.List;
import java.util.Optional;

/// One leaf column: the page that is being filled, and the finished pages of the row group's chunk.
final class ColumnWriter {
    private final List<String> path;
    private final LeafType type;
    private final int repeats;
    private final ParquetOptions options;
    private final Optional<BloomHashes> bloom;
    private final Levels definitions;
    private final Levels repetitions;
    private final Values values;
    private final ChunkBytes chunk;
    private final PageIndex index;
    private final Stats chunkStats;
    private final Stats fileStats;
    private int pageRows;
    private long firstRow;
    private Counts counts = Counts.NONE;
    private Counts fileCounts = Counts.NONE;

    /// @param levels places with or without a value
    /// @param uncompressed bytes of the pages, headers included
    record Counts(long levels, long nulls, long uncompressed, int dictionaryPages, int plainPages) {
        static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    levels + other.levels,
                    nulls + other.nulls,
                    uncompressed + other.uncompressed,
                    dictionaryPages + other.dictionaryPages,
                    plainPages + other.plainPages);
        }
    }

    ColumnWriter(
            List<String> path,
            LeafType type,
            int level,
            int repeats,
            Optional<BloomHashes> bloom,
            ByteBlocks blocks,
            ParquetOptions options) {
        this.path = List.copyOf(path);
        this.type = type;
        this.repeats = repeats;
        this.options = options;
        this.bloom = bloom;
        this.chunk = new ChunkBytes(blocks);
        this.definitions = new Levels(level);
        this.repetitions = new Levels(repeats);
        this.values = switch (type.physical()) {
            case BOOLEAN -> new BoolValues();
            case INT32, INT64, FLOAT, DOUBLE -> new NumberValues(type, bloom);
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> new BytesValues(type, bloom);
        };
        this.index = new PageIndex(values.newStats());
        this.chunkStats = values.newStats();
        this.fileStats = values.newStats();
        beginFile();
    }

    List<String> path() {
        return path;
    }

    String dotted() {
        return String.join(".", path);
    }

    LeafType type() {
        return type;
    }

    Levels definitions() {
        return definitions;
    }

    Levels repetitions() {
        return repetitions;
    }

    Values values() {
        return values;
    }

    void beginFile() {
        values.beginFile();
        beginChunk();
        fileStats.clear();
        fileCounts = Counts.NONE;
    }

    private void beginChunk() {
        values.beginChunk();
        values.stats().clear();
        definitions.clear();
        repetitions.clear();
        bloom.ifPresent(BloomHashes::clear);
        chunk.clear();
        index.clear();
        chunkStats.clear();
        counts = Counts.NONE;
        pageRows = 0;
        firstRow = 0;
    }

    /// Called after each stretch of `rows` rows: a page ends between rows only. `pages` is used during the call.
    void endRows(int rows, PageEncoder pages) {
        pageRows += rows;
        if (pageRows >= options.pageRows()
                || values.pageBytes() + repetitions.count() >= options.pageBytes()
                || values.mustEndPage()) {
            endPage(pages);
        }
    }

    private void endPage(PageEncoder pages) {
        int levels = definitions.count();
        int present = values.count();
        OutputBuffer page = pages.begin();
        repetitions.write(page, pages.levels(levels));
        definitions.write(page, pages.levels(levels));
        int encoding = values.endPage(page);
        int start = chunk.length();
        long uncompressed = pages.data(levels, encoding, chunk);
        index.add(start, chunk.length() - start, firstRow, present, levels - present, values.stats());
        chunkStats.merge(values.stats());
        values.stats().clear();
        boolean plain = encoding == Values.PLAIN;
        counts = counts.plus(new Counts(levels, levels - present, uncompressed, plain ? 0 : 1, plain ? 1 : 0));
        firstRow += pageRows;
        pageRows = 0;
    }

    /// Ends the chunk and hands it out; the next one begins.
    FinishedChunk endChunk(FileOutput out, PageEncoder pages) {
        if (pageRows > 0) {
            endPage(pages);
        }
        long start = out.position();
        int entries = values.dictionarySize();
        if (entries > 0) {
            values.dictionary(pages.begin());
            counts = counts.plus(new Counts(0, 0, pages.dictionary(entries, out), 0, 0));
        }
        long dataStart = out.position();
        chunk.writeTo(out);
        FinishedChunk finished = new FinishedChunk(
                this,
                counts,
                start,
                dataStart,
                out.position() - start,
                bounds(),
                index.columnIndex(),
                index.offsetIndex(dataStart));
        fileStats.merge(chunkStats);
        fileCounts = fileCounts.plus(counts);
        return finished;
    }

    /// Hands out the bloom filter of the chunk that was just ended, and begins the next chunk.
    void endGroup(FinishedChunk finished, FileOutput out) {
        if (bloom.isPresent() && finished.values > finished.nulls) {
            OutputBuffer filter = new OutputBuffer();
            bloom.get().filter().write(filter);
            finished.bloomStart = out.position();
            finished.bloomLength = filter.length();
            out.put(filter);
        }
        beginChunk();
    }

    private Optional<FinishedChunk.BoundPair> bounds() {
        return chunkStats.isBounded()
                ? Optional.of(new FinishedChunk.BoundPair(
                        chunkStats.min(), chunkStats.isMinExact(), chunkStats.max(), chunkStats.isMaxExact()))
                : Optional.empty();
    }

    ColumnSummary summary() {
        return new ColumnSummary(
                path,
                type.dataType(),
                repeats > 0 ? ColumnSummary.Repetition.REPEATED : ColumnSummary.Repetition.ONCE,
                fileCounts.levels() - fileCounts.nulls(),
                fileCounts.nulls(),
                fileStats.nans(),
                fileStats.bounds());
    }

    long heldBytes() {
        return chunk.length() + values.heldBytes() + definitions.count() + repetitions.count();
    }
}
