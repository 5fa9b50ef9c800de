package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.List;

/// What ends a file: the page indexes, and the metadata (parquet.thrift, `FileMetaData`).
final class Footer {
    private static final int VERSION = 1;
    private static final int DATA_PAGE = 0;

    private final SchemaTree tree;
    private final ParquetOptions options;

    /// The chunks of a row group, in the order of the columns.
    record Group(long rows, List<FinishedChunk> chunks) {}

    Footer(SchemaTree tree, ParquetOptions options) {
        this.tree = tree;
        this.options = options;
    }

    void write(List<Group> groups, long rows, FileOutput out) {
        indexes(groups, out);
        OutputBuffer buffer = new OutputBuffer();
        CompactWriter writer = new CompactWriter(buffer).begin().i32(1, VERSION);
        writer.list(2, CompactWriter.STRUCT, tree.elements());
        buffer.put(tree.encoded().array(), 0, tree.encoded().length());
        writer.i64(3, rows).list(4, CompactWriter.STRUCT, groups.size());
        for (Group group : groups) {
            group(group, writer);
        }
        writer.text(6, options.createdBy());
        // Every column is ordered as its type says: without that, readers ignore its bounds.
        writer.list(7, CompactWriter.STRUCT, tree.leaves().size());
        for (int i = 0; i < tree.leaves().size(); i++) {
            writer.begin().empty(1).end();
        }
        writer.end();
        int length = buffer.length();
        LittleEndian.putInt(buffer.ensure(Integer.BYTES), length, length);
        buffer.commit(length + Integer.BYTES);
        out.put(buffer);
    }

    private static void indexes(List<Group> groups, FileOutput out) {
        for (Group group : groups) {
            for (FinishedChunk chunk : group.chunks()) {
                chunk.columnIndexStart = out.position();
                chunk.columnIndex.ifPresent(out::put);
            }
        }
        for (Group group : groups) {
            for (FinishedChunk chunk : group.chunks()) {
                chunk.offsetIndexStart = out.position();
                out.put(chunk.offsetIndex);
            }
        }
    }

    private void group(Group group, CompactWriter writer) {
        long uncompressed = 0;
        long compressed = 0;
        writer.begin().list(1, CompactWriter.STRUCT, group.chunks().size());
        for (FinishedChunk chunk : group.chunks()) {
            chunk(chunk, writer);
            uncompressed += chunk.uncompressed;
            compressed += chunk.compressed;
        }
        writer.i64(2, uncompressed)
                .i64(3, group.rows())
                .i64(5, group.chunks().getFirst().start)
                .i64(6, compressed)
                .end();
    }

    private void chunk(FinishedChunk chunk, CompactWriter writer) {
        writer.begin().i64(2, 0);
        metadata(chunk, writer.struct(3));
        writer.end();
        writer.i64(4, chunk.offsetIndexStart).i32(5, chunk.offsetIndex.length);
        if (chunk.columnIndex.isPresent()) {
            writer.i64(6, chunk.columnIndexStart).i32(7, chunk.columnIndex.get().length);
        }
        writer.end();
    }

    private void metadata(FinishedChunk chunk, CompactWriter writer) {
        writer.i32(1, chunk.column.type().physical().code());
        boolean plain = chunk.plainPages > 0 || chunk.hasDictionary;
        writer.list(2, CompactWriter.I32, 1 + (plain ? 1 : 0) + (chunk.hasDictionary ? 1 : 0));
        if (plain) {
            writer.element(Values.PLAIN);
        }
        writer.element(Values.RLE);
        if (chunk.hasDictionary) {
            writer.element(Values.RLE_DICTIONARY);
        }
        writer.list(3, CompactWriter.BINARY, chunk.column.path().size());
        chunk.column.path().forEach(writer::element);
        writer.i32(4, options.compression().code())
                .i64(5, chunk.values)
                .i64(6, chunk.uncompressed)
                .i64(7, chunk.compressed)
                .i64(9, chunk.dataStart);
        if (chunk.hasDictionary) {
            writer.i64(11, chunk.start);
        }
        statistics(chunk, writer.struct(12));
        writer.end();
        encodings(chunk, writer);
        if (chunk.bloomLength > 0) {
            writer.i64(14, chunk.bloomStart).i32(15, chunk.bloomLength);
        }
    }

    private static void statistics(FinishedChunk chunk, CompactWriter writer) {
        writer.i64(3, chunk.nulls);
        chunk.bounds.ifPresent(bounds -> writer.binary(5, bounds.max())
                .binary(6, bounds.min())
                .bool(7, bounds.maxExact())
                .bool(8, bounds.minExact()));
    }

    private static void encodings(FinishedChunk chunk, CompactWriter writer) {
        int kinds =
                (chunk.hasDictionary ? 1 : 0) + (chunk.dictionaryPages > 0 ? 1 : 0) + (chunk.plainPages > 0 ? 1 : 0);
        writer.list(13, CompactWriter.STRUCT, kinds);
        if (chunk.hasDictionary) {
            encoding(2, Values.PLAIN, 1, writer);
        }
        if (chunk.dictionaryPages > 0) {
            encoding(DATA_PAGE, Values.RLE_DICTIONARY, chunk.dictionaryPages, writer);
        }
        if (chunk.plainPages > 0) {
            encoding(DATA_PAGE, Values.PLAIN, chunk.plainPages, writer);
        }
    }

    private static void encoding(int page, int encoding, int pages, CompactWriter writer) {
        writer.begin().i32(1, page).i32(2, encoding).i32(3, pages).end();
    }
}
