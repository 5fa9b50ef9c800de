package dev.wisent.connectors.core.file;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.columnar.parquet.Compression;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The keys that say how Parquet is written.
final class ParquetKeys {
    private static final int MOST_ROWS = 100_000_000;
    private static final int MOST_LEVEL = 22;
    /// zlib's own default.
    private static final int GZIP_LEVEL = 6;
    private static final int MOST_GZIP_LEVEL = 9;

    private static final ParquetOptions STANDARD = ParquetOptions.DEFAULT;
    private static final Key<Compression> COMPRESSION = Key.choice("compression", Compression.class)
            .about("how the pages of Parquet are compressed")
            .standard(STANDARD.compression());
    private static final Key<Optional<Long>> LEVEL = Key.whole("compression_level", 1, MOST_LEVEL)
            .about("of zstd, 1 to 22, and gzip, 1 to 9: higher is smaller and slower")
            .optional("`1` for zstd, `6` for gzip");
    private static final Key<Long> ROW_GROUP_ROWS = Key.whole("row_group_rows", 1, MOST_ROWS)
            .about("a row group of Parquet ends at so many rows")
            .standard((long) STANDARD.rowGroupRows());
    private static final Key<Optional<Long>> ROW_GROUP_MB = Key.megabytes("row_group_mb")
            .about("a row group of Parquet ends when it takes so much memory, if that comes first")
            .optional("`16`, with more than 256 columns up to `64`");
    private static final Key<Optional<List<String>>> BLOOM_FILTERS = Key.texts("bloom_filters")
            .about("columns of Parquet that get a bloom filter, inner ones as in `customer.id` or `tags.list.element`")
            .optional("none");

    static final ConfigShape KEYS = ConfigShape.of(COMPRESSION, LEVEL, ROW_GROUP_ROWS, ROW_GROUP_MB, BLOOM_FILTERS);

    private ParquetKeys() {}

    /// @param asked whether Parquet is written; if not, none of the keys may be there
    static ParquetOptions read(ConfigSection config, boolean asked) {
        Compression compression = config.read(COMPRESSION);
        boolean gzip = compression == Compression.GZIP;
        int level = config.read(LEVEL).map(Math::toIntExact).orElse(gzip ? GZIP_LEVEL : STANDARD.level());
        if (level > MOST_GZIP_LEVEL && gzip) {
            config.problem(LEVEL.name(), "is at most 9 for gzip", "");
        }
        if (config.has(LEVEL.name()) && !gzip && compression != Compression.ZSTD) {
            config.problem(LEVEL.name(), "means nothing for this compression", "leave it out, or use zstd or gzip");
        }
        long rows = config.read(ROW_GROUP_ROWS);
        OptionalLong bytes = config.read(ROW_GROUP_MB).stream()
                .mapToLong(given -> Math.max(1, given))
                .findFirst();
        List<String> filters = config.read(BLOOM_FILTERS).orElse(List.of());
        if (!asked) {
            for (Key<?> key : KEYS.keys()) {
                if (config.has(key.name())) {
                    config.problem(key.name(), "is for Parquet only", "add 'format: parquet', or leave it out");
                }
            }
        }
        return STANDARD.withCompression(compression)
                .withLevel(level)
                .withRowGroups(Math.toIntExact(rows), bytes)
                .withBloomFilters(Set.copyOf(filters));
    }
}
