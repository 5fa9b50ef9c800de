package dev.wisent.connectors.formats.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// The pages of one column chunk.
final class ChunkPages implements PageReader {
    /// A page beyond it is taken for damage: writers end pages at about a megabyte.
    private static final int MOST_BYTES = 512 << 20;

    private final ColumnChunkMetaData chunk;
    private final Bytes bytes;
    private long valuesLeft;

    /// Knows how far it was read.
    private static final class Bytes extends ByteArrayInputStream {
        Bytes(byte[] all) {
            super(all);
        }

        int at() {
            return pos;
        }

        byte[] all() {
            return buf;
        }
    }

    ChunkPages(ColumnChunkMetaData chunk, byte[] all) {
        this.chunk = chunk;
        this.bytes = new Bytes(all);
        this.valuesLeft = chunk.getValueCount();
    }

    @Override
    public long getTotalValueCount() {
        return chunk.getValueCount();
    }

    @Override
    @SuppressWarnings("NullAway") // parquet-java's way to say that there is none
    public DictionaryPage readDictionaryPage() {
        if (bytes.available() == 0) {
            return null;
        }
        int start = bytes.at();
        PageHeader header = header();
        if (header.getType() != PageType.DICTIONARY_PAGE || !header.isSetDictionary_page_header()) {
            bytes.reset();
            bytes.skip(start);
            return null;
        }
        byte[] page = unpacked(body(header), 0, header.getUncompressed_page_size());
        var dictionary = header.getDictionary_page_header();
        return new DictionaryPage(
                BytesInput.from(page), dictionary.getNum_values(), encoding(dictionary.getEncoding()));
    }

    @Override
    @SuppressWarnings("NullAway") // parquet-java's way to say that there is none
    public DataPage readPage() {
        while (valuesLeft > 0) {
            if (bytes.available() == 0) {
                throw bad("ends before its last value");
            }
            PageHeader header = header();
            Body body = body(header);
            if (header.getType() == PageType.DATA_PAGE && header.isSetData_page_header()) {
                return first(header, header.getData_page_header(), body);
            }
            if (header.getType() == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()) {
                return second(header, header.getData_page_header_v2(), body);
            }
            if (header.getType() == PageType.DICTIONARY_PAGE) {
                throw bad("has a second dictionary, or one behind its values");
            }
        }
        return null;
    }

    private DataPage first(PageHeader header, DataPageHeader page, Body body) {
        valuesLeft -= counted(page.getNum_values());
        return new DataPageV1(
                BytesInput.from(unpacked(body, 0, header.getUncompressed_page_size())),
                page.getNum_values(),
                header.getUncompressed_page_size(),
                statistics(),
                encoding(page.getRepetition_level_encoding()),
                encoding(page.getDefinition_level_encoding()),
                encoding(page.getEncoding()));
    }

    private DataPage second(PageHeader header, DataPageHeaderV2 page, Body body) {
        valuesLeft -= counted(page.getNum_values());
        int repetition = page.getRepetition_levels_byte_length();
        int definition = page.getDefinition_levels_byte_length();
        int levels = repetition + definition;
        if (repetition < 0 || definition < 0 || levels < 0 || levels > body.length()) {
            throw bad("has levels longer than their page");
        }
        boolean packed = !page.isSetIs_compressed() || page.isIs_compressed();
        int plain = header.getUncompressed_page_size() - levels;
        BytesInput data = packed && plain > 0
                ? BytesInput.from(unpacked(body, levels, plain))
                : BytesInput.from(bytes.all(), body.from() + levels, body.length() - levels);
        return new DataPageV2(
                page.getNum_rows(),
                page.getNum_nulls(),
                page.getNum_values(),
                BytesInput.from(bytes.all(), body.from(), repetition),
                BytesInput.from(bytes.all(), body.from() + repetition, definition),
                encoding(page.getEncoding()),
                data,
                header.getUncompressed_page_size(),
                statistics(),
                false);
    }

    /// Nobody asks for it.
    private Statistics<?> statistics() {
        PrimitiveType type = chunk.getPrimitiveType();
        return Statistics.createStats(type);
    }

    private int counted(int values) {
        if (values < 0 || values > valuesLeft) {
            throw bad("has more values than its footer says");
        }
        return values;
    }

    /// Where the content of a page lies.
    private record Body(int from, int length) {}

    private PageHeader header() {
        try {
            return Util.readPageHeader(bytes);
        } catch (IOException | RuntimeException e) {
            throw new BadPage(BadPage.Kind.FORM, message("has a page header that can't be read"), e);
        }
    }

    private Body body(PageHeader header) {
        int length = header.getCompressed_page_size();
        int plain = header.getUncompressed_page_size();
        if (length < 0 || length > bytes.available() || plain < 0 || plain > MOST_BYTES) {
            throw bad("has a page of %,d bytes, unpacked %,d".formatted(length, plain));
        }
        Body body = new Body(bytes.at(), length);
        bytes.skip(length);
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(bytes.all(), body.from(), length);
            if ((int) crc.getValue() != header.getCrc()) {
                throw bad("has a page whose checksum differs");
            }
        }
        return body;
    }

    private byte[] unpacked(Body body, int skip, int plain) {
        try {
            return Codecs.unpack(chunk.getCodec(), bytes.all(), body.from() + skip, body.length() - skip, plain);
        } catch (IOException | RuntimeException e) {
            throw new BadPage(BadPage.Kind.PACKED, message("can't be unpacked: " + e.getMessage()), e);
        }
    }

    private Encoding encoding(org.apache.parquet.format.@Nullable Encoding encoding) {
        if (encoding == null) {
            throw bad("has a page in an encoding that is not known");
        }
        return Encoding.valueOf(encoding.name());
    }

    private BadPage bad(String what) {
        return new BadPage(BadPage.Kind.FORM, message(what));
    }

    private String message(String what) {
        return "column " + chunk.getPath().toDotString() + " " + what;
    }
}
