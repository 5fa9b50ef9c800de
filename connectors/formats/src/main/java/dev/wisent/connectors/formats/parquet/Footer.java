package dev.wisent.connectors.formats.parquet;

import dev.wisent.api.format.FileBytes;
import dev.wisent.connectors.formats.Damage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/// What a file says of itself at its end.
///
/// @param bytes its length
record Footer(MessageType schema, List<BlockMetaData> groups, String createdBy, int bytes) {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
    /// Its length and the magic bytes behind it.
    private static final int TRAILER = 8;
    /// Holds most footers, so that one request does.
    private static final int TAIL = 64 << 10;

    static Footer read(FileBytes file) {
        String where = file.where();
        if (file.size() < MAGIC.length + TRAILER) {
            throw Damage.parse(where, "the file is too short for a Parquet file: " + file.size() + " bytes");
        }
        int tailLength = (int) Math.min(TAIL, file.size());
        byte[] tail = file.read(file.size() - tailLength, tailLength);
        byte[] magic = Arrays.copyOfRange(tail, tailLength - MAGIC.length, tailLength);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw Damage.parse(where, "the file is encrypted, which is not supported");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw Damage.parse(where, "the file does not end as a Parquet file does: cut, or no Parquet");
        }
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(tailLength - TRAILER);
        if (length <= 0 || length > file.size() - MAGIC.length - TRAILER) {
            throw Damage.parse(where, "the file's footer can't be " + length + " bytes long");
        }
        byte[] footer = length <= tailLength - TRAILER
                ? Arrays.copyOfRange(tail, tailLength - TRAILER - length, tailLength - TRAILER)
                : file.read(file.size() - TRAILER - length, length);
        return parse(footer, where, file.size() - TRAILER - length);
    }

    private static Footer parse(byte[] footer, String where, long start) {
        ParquetMetadata metadata;
        try {
            metadata = new ParquetMetadataConverter()
                    .readParquetMetadata(new ByteArrayInputStream(footer), ParquetMetadataConverter.NO_FILTER);
        } catch (IOException | RuntimeException e) {
            throw Damage.parse(where, "the file's footer can't be read: " + e.getMessage(), e);
        }
        for (BlockMetaData group : metadata.getBlocks()) {
            for (ColumnChunkMetaData chunk : group.getColumns()) {
                refuse(chunk, where, start);
            }
        }
        String createdBy = String.valueOf(metadata.getFileMetaData().getCreatedBy());
        return new Footer(metadata.getFileMetaData().getSchema(), metadata.getBlocks(), createdBy, footer.length);
    }

    private static void refuse(ColumnChunkMetaData chunk, String where, long end) {
        if (chunk.isEncrypted()) {
            throw Damage.parse(where, "column " + chunk.getPath() + " is encrypted, which is not supported");
        }
        boolean inside = chunk.getStartingPos() >= MAGIC.length
                && chunk.getTotalSize() >= 0
                && chunk.getTotalSize() <= Integer.MAX_VALUE - TRAILER
                && chunk.getStartingPos() <= end - chunk.getTotalSize();
        if (!inside) {
            throw Damage.parse(
                    where,
                    "the footer places column " + chunk.getPath() + " at byte " + chunk.getStartingPos() + " with "
                            + chunk.getTotalSize() + " bytes, which is not in the file");
        }
    }
}
