package dev.wisent.columnar.parquet;

import java.util.OptionalLong;
import java.util.Set;

/// How files are written. Immutable.
///
/// @param compression of every page
/// @param level of zstd (1 to 22) and gzip (1 to 9); the others have none
/// @param rowGroupRows a row group is ended at so many rows
/// @param rowGroupBytes a row group is ended when the encoder holds so many bytes, if that comes first; empty: 16 MB,
///     and with many columns 64 KB for each, up to 64 MB
/// @param pageRows a page is ended after about so many rows
/// @param pageBytes a page is ended after about so many bytes before compression, if that comes first; never within a row
/// @param bloomFilters columns that get a bloom filter in each row group, as paths with dots
///     (`customer.id`, `tags.list.element`)
/// @param checksums whether pages carry a CRC32
/// @param createdBy what the footer says about the writer, as `<name> version <version>`
public record ParquetOptions(
        Compression compression,
        int level,
        int rowGroupRows,
        OptionalLong rowGroupBytes,
        int pageRows,
        int pageBytes,
        Set<String> bloomFilters,
        Checksums checksums,
        String createdBy) {
    /// Whether pages carry a checksum.
    public enum Checksums {
        CRC32,
        NONE
    }

    /// zstd's fastest regular level: in Parquet the higher ones cost far more time than they save space.
    private static final int FASTEST = 1;
    /// What DuckDB writes and reads best: one task of its scan.
    private static final int ROW_GROUP_ROWS = 122_880;
    /// As parquet-java: small enough to skip by, large enough to compress well.
    private static final int PAGE_ROWS = 20_000;
    private static final int PAGE_BYTES = 1 << 20;

    public static final ParquetOptions DEFAULT = new ParquetOptions(
            Compression.ZSTD,
            FASTEST,
            ROW_GROUP_ROWS,
            OptionalLong.empty(),
            PAGE_ROWS,
            PAGE_BYTES,
            Set.of(),
            Checksums.CRC32,
            "wisent version 0.1.0");

    public ParquetOptions {
        bloomFilters = Set.copyOf(bloomFilters);
        if (rowGroupRows < 1 || rowGroupBytes.orElse(1) < 1 || pageRows < 1 || pageBytes < 1 || level < 1) {
            throw new IllegalArgumentException("limits and level are 1 or more");
        }
    }

    public ParquetOptions withCompression(Compression other) {
        return new ParquetOptions(
                other, level, rowGroupRows, rowGroupBytes, pageRows, pageBytes, bloomFilters, checksums, createdBy);
    }

    public ParquetOptions withLevel(int other) {
        return new ParquetOptions(
                compression,
                other,
                rowGroupRows,
                rowGroupBytes,
                pageRows,
                pageBytes,
                bloomFilters,
                checksums,
                createdBy);
    }

    public ParquetOptions withRowGroups(int rows, long bytes) {
        return withRowGroups(rows, OptionalLong.of(bytes));
    }

    public ParquetOptions withRowGroups(int rows, OptionalLong bytes) {
        return new ParquetOptions(
                compression, level, rows, bytes, pageRows, pageBytes, bloomFilters, checksums, createdBy);
    }

    public ParquetOptions withPages(int rows, int bytes) {
        return new ParquetOptions(
                compression, level, rowGroupRows, rowGroupBytes, rows, bytes, bloomFilters, checksums, createdBy);
    }

    public ParquetOptions withBloomFilters(Set<String> columns) {
        return new ParquetOptions(
                compression, level, rowGroupRows, rowGroupBytes, pageRows, pageBytes, columns, checksums, createdBy);
    }

    public ParquetOptions withChecksums(Checksums which) {
        return new ParquetOptions(
                compression, level, rowGroupRows, rowGroupBytes, pageRows, pageBytes, bloomFilters, which, createdBy);
    }
}
