package dev.wisent.columnar.internal.parquet;

import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.internal.parquet.codec.PageCodec;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.zip.CRC32;

/// Compresses pages and puts their headers in front: one for all columns, since pages are ended one after the other.
final class PageEncoder implements AutoCloseable {
    private static final int DATA_PAGE = 0;
    private static final int DICTIONARY_PAGE = 2;
    /// What a giant value has made larger is given back (R10).
    private static final int LARGEST_KEPT = 8 << 20;

    private final PageCodec codec;
    private final boolean checksums;
    private final CRC32 crc = new CRC32();
    private OutputBuffer page = new OutputBuffer();
    private final OutputBuffer head = new OutputBuffer(64);
    private OutputBuffer compressed = new OutputBuffer();
    private int[] levels = new int[1024];

    PageEncoder(ParquetOptions options) {
        this.codec = PageCodec.of(options.compression(), options.level());
        this.checksums = options.checksums() == ParquetOptions.Checksums.CRC32;
    }

    /// The page to fill, empty.
    OutputBuffer begin() {
        if (page.array().length > LARGEST_KEPT) {
            page = new OutputBuffer();
        }
        page.clear();
        return page;
    }

    /// Room for `count` levels.
    int[] levels(int count) {
        levels = levels.length < count ? new int[count] : levels;
        return levels;
    }

    /// Appends the data page to `out`; returns how many bytes header and content had before compression.
    long data(int values, int encoding, ChunkBytes out) {
        compress(
                header -> header.struct(5)
                        .i32(1, values)
                        .i32(2, encoding)
                        .i32(3, Values.RLE)
                        .i32(4, Values.RLE)
                        .end(),
                DATA_PAGE);
        out.put(head);
        out.put(compressed);
        return head.length() + (long) page.length();
    }

    /// Hands out the page as a dictionary page.
    long dictionary(int entries, FileOutput out) {
        compress(header -> header.struct(7).i32(1, entries).i32(2, Values.PLAIN).end(), DICTIONARY_PAGE);
        out.put(head);
        out.put(compressed);
        return head.length() + (long) page.length();
    }

    private interface Kind {
        CompactWriter write(CompactWriter header);
    }

    /// Leaves the page in [#compressed] and its header in [#head].
    private void compress(Kind kind, int type) {
        if (compressed.array().length > LARGEST_KEPT) {
            compressed = new OutputBuffer();
        }
        compressed.clear();
        codec.compress(page.array(), 0, page.length(), compressed);
        head.clear();
        CompactWriter header = new CompactWriter(head)
                .begin()
                .i32(1, type)
                .i32(2, page.length())
                .i32(3, compressed.length());
        if (checksums) {
            crc.reset();
            crc.update(compressed.array(), 0, compressed.length());
            header.i32(4, (int) crc.getValue());
        }
        kind.write(header).end();
    }

    long heldBytes() {
        return page.array().length + compressed.array().length + levels.length * (long) Integer.BYTES;
    }

    @Override
    public void close() {
        codec.close();
    }
}
