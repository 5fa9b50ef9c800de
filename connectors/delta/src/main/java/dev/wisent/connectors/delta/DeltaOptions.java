package dev.wisent.connectors.delta;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.columnar.parquet.Compression;
import dev.wisent.columnar.parquet.ParquetOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys of the delta destination.
///
/// @param fileBytes where a data file is closed and the next begins
/// @param sending how data files are sent
/// @param partitionBy partition columns; none: as the table has them
/// @param maxOpenFiles files of different partitions a worker has in the making at once
/// @param rollover how long a file may be in the making
/// @param baseEvery after how many commits Wisent's objects are put together into a base
/// @param checkpointEvery at which versions a checkpoint is written
/// @param engine who writes, for people
record DeltaOptions(
        String path,
        Map<String, String> storageOptions,
        ParquetOptions parquet,
        long fileBytes,
        Sending sending,
        List<String> partitionBy,
        int maxOpenFiles,
        Optional<Duration> rollover,
        String pipeline,
        TargetId target,
        long baseEvery,
        long checkpointEvery,
        String engine) {
    private static final long FILE_BYTES = 128 << 20;
    /// Recovery reads one base and at most about as many commits. Tests make it less.
    private static final long BASE_EVERY = Long.getLong("wisent.delta.base_every", 100);
    /// Delta's own default (`delta.checkpointInterval`).
    private static final long CHECKPOINT_EVERY = 10;

    private static final long MAX_OPEN_FILES = 1024;
    private static final long OPEN_FILES_STANDARD = 16;

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
    private static final Key<List<String>> PARTITION_BY = Key.texts("partition_by")
            .about("columns by whose values rows are kept in files of their own; a table that is there keeps its own")
            .example("[date]")
            .orEmpty();
    private static final Key<Long> OPEN_FILES = Key.whole("max_open_files", 1, MAX_OPEN_FILES)
            .about(
                    "files of different partitions a worker has in the making at once; for one more, the one that got no row for the longest time is ended")
            .standard(OPEN_FILES_STANDARD);
    private static final Key<Optional<Duration>> ROLLOVER = Key.seconds("rollover_timeout")
            .about("a file is ended when it is in the making for so long, though a commit is not due yet")
            .alias("rollover_timeout_secs")
            .optional("when it is large enough, or a commit is due");
    private static final Key<Long> CHECKPOINTS = Key.whole("checkpoint_interval", 1, Integer.MAX_VALUE)
            .about("after how many versions of the table its log is put together into a checkpoint")
            .standard(CHECKPOINT_EVERY);

    static final ConfigShape KEYS = ConfigShape.of(Stream.concat(
                    Stream.of(
                            PATH,
                            STORAGE_OPTIONS,
                            COMPRESSION,
                            FILE_SIZE,
                            PARTITION_BY,
                            OPEN_FILES,
                            ROLLOVER,
                            CHECKPOINTS),
                    Sending.KEYS.stream())
            .toArray(Key<?>[]::new));

    static DeltaOptions read(ConfigSection config, DestinationSettings settings) {
        long fileBytes = config.read(FILE_SIZE);
        DeltaOptions options = new DeltaOptions(
                config.read(PATH),
                config.read(STORAGE_OPTIONS),
                ParquetOptions.DEFAULT.withCompression(config.read(COMPRESSION)),
                fileBytes,
                Sending.read(config, fileBytes),
                config.read(PARTITION_BY),
                Math.toIntExact(config.read(OPEN_FILES)),
                config.read(ROLLOVER),
                settings.pipelineId(),
                settings.defaultTarget(),
                BASE_EVERY,
                config.read(CHECKPOINTS),
                "wisent");
        config.done();
        return options;
    }

    /// For files that are as large as what goes into them.
    DeltaOptions ofOneFile() {
        return new DeltaOptions(
                path,
                storageOptions,
                parquet,
                Long.MAX_VALUE,
                sending,
                partitionBy,
                maxOpenFiles,
                Optional.empty(),
                pipeline,
                target,
                baseEvery,
                checkpointEvery,
                engine);
    }
}
