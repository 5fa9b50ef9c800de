package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.columnar.parquet.Compression;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.util.List;
import java.util.Map;

/// The keys of the delta destination.
///
/// @param fileBytes where a data file is closed and the next begins
/// @param partBytes in what pieces a data file is sent
/// @param partitionBy partition columns of a table that is made
/// @param baseEvery after how many commits Wisent's objects are put together into a base
/// @param checkpointEvery at which versions a checkpoint is written
/// @param engine who writes, for people
record DeltaOptions(
        String path,
        Map<String, String> storageOptions,
        ParquetOptions parquet,
        long fileBytes,
        int partBytes,
        List<String> partitionBy,
        String pipeline,
        TargetId target,
        long baseEvery,
        long checkpointEvery,
        String engine) {
    private static final long FILE_BYTES = 128 << 20;
    /// Whole parts wait in memory, so they are small; S3 takes 10,000 of at least 5 MB.
    private static final int PART_BYTES = 8 << 20;
    /// Recovery reads one base and at most about as many commits. Tests make it less.
    private static final long BASE_EVERY = Long.getLong("wisent.delta.base_every", 100);
    /// Delta's own default (`delta.checkpointInterval`).
    private static final long CHECKPOINT_EVERY = 10;

    private static final Key<String> PATH = Key.text("path")
            .about("where the table is: a folder, or a URL as `s3://bucket/tables/events`")
            .example("s3://bucket/tables/events")
            .required();
    private static final Key<Map<String, String>> STORAGE_OPTIONS = Key.textMap("storage_options")
            .about("credentials and settings of the object store; the environment is asked for what is missing")
            .secret()
            .orEmpty();
    private static final Key<Compression> COMPRESSION = Key.choice("compression", Compression.class)
            .about("how pages of data files are compressed")
            .standard(Compression.ZSTD);
    private static final Key<Long> FILE_SIZE = Key.megabytes("file_size_mb")
            .about("where a data file is closed and the next begins, in MB")
            .standard(FILE_BYTES);
    private static final Key<Long> CHECKPOINTS = Key.whole("checkpoint_interval", 1, Integer.MAX_VALUE)
            .about("after how many versions of the table its log is put together into a checkpoint")
            .standard(CHECKPOINT_EVERY);

    static final ConfigShape KEYS = ConfigShape.of(PATH, STORAGE_OPTIONS, COMPRESSION, FILE_SIZE, CHECKPOINTS);

    static DeltaOptions read(ConfigSection config, DestinationSettings settings) {
        DeltaOptions options = new DeltaOptions(
                config.read(PATH),
                config.read(STORAGE_OPTIONS),
                ParquetOptions.DEFAULT.withCompression(config.read(COMPRESSION)),
                config.read(FILE_SIZE),
                PART_BYTES,
                List.of(),
                settings.pipelineId(),
                settings.defaultTarget(),
                BASE_EVERY,
                config.read(CHECKPOINTS),
                "wisent");
        config.done();
        return options;
    }
}
