package dev.wisent.connectors.core.file;

import dev.wisent.api.TargetId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.destination.DestinationSettings;
import dev.wisent.api.storage.StoreLocation;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.parquet.ParquetOptions;
import dev.wisent.connectors.core.internal.LocalPath;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The keys of the file destination.
///
/// @param parquet for the format of that name
/// @param partBytes where a part is closed and the next begins
/// @param baseEvery after how many commits the manifests are put together into a base
record FileOptions(
        Layout layout,
        Format format,
        CsvOptions csv,
        ParquetOptions parquet,
        long partBytes,
        String pipeline,
        TargetId defaultTarget,
        long baseEvery) {
    /// Recovery reads one base and at most as many manifests. Tests make it less.
    static final long BASE_EVERY = Long.getLong("wisent.file.base_every", 1_000);

    /// Stores copy no more than 5 GB at once; a part is closed after the rows that fill it.
    private static final long LARGEST_COPY = 4L << 30;

    private static final Key<Optional<String>> PATH = Key.text("path")
            .about(
                    "a folder, a URL as `s3://bucket/events/`, or one file of local disk ending in .ndjson, .jsonl, .json or .csv")
            .example("out/")
            .optional("`<destination_id>.json`, or `.csv`, or a folder for Parquet, in the working folder");
    private static final Key<Optional<Format>> FORMAT = Key.choice(
                    "format", formats(), Map.of("json", Format.NDJSON), Map.of())
            .about("how rows are written; `json` is the same as `ndjson`")
            .optional("by the name of the file, else `ndjson`");
    private static final Key<CsvOptions> DELIMITER = Key.text("delimiter")
            .about("what separates the cells of a CSV line: one character")
            .as("one character that is no quote and no line end", CsvOptions.DEFAULT, FileOptions::delimited)
            .standard(CsvOptions.DEFAULT, ",");

    private static final Key<Map<String, String>> STORAGE_OPTIONS = Key.textMap("storage_options")
            .about("credentials and settings of the object store; the environment is asked for what is missing")
            .secret()
            .orEmpty();

    static final ConfigShape KEYS =
            ConfigShape.of(PATH, STORAGE_OPTIONS, FORMAT, DELIMITER).and(ParquetKeys.KEYS);

    static FileOptions read(ConfigSection config, DestinationSettings settings) {
        Optional<Format> wanted = config.read(FORMAT);
        String text = config.read(PATH).orElseGet(() -> named(settings.defaultTarget(), wanted));
        Layout layout = layout(config, text, config.read(STORAGE_OPTIONS));
        if (text.indexOf('*') >= 0) {
            config.problem(
                    PATH.name(),
                    "'" + text + "' is a pattern, and rows are written to one place",
                    "name a folder, with a slash at its end, or a file");
        }
        Format byName = Format.of(text).orElse(Format.NDJSON);
        Format format = wanted.orElse(layout instanceof Layout.OneFile ? byName : Format.NDJSON);
        CsvOptions csv = config.read(DELIMITER);
        ParquetOptions parquet = ParquetKeys.read(config, format == Format.PARQUET);
        if (layout instanceof Layout.OneFile && format == Format.PARQUET) {
            config.problem(
                    PATH.name(),
                    "one Parquet file can't be added to, and every commit adds rows",
                    "name a folder, with a slash at its end: each commit puts files into it");
        }
        config.done();
        return new FileOptions(
                layout,
                format,
                csv,
                parquet,
                Math.min(settings.bufferBytes(), layout instanceof Layout.InStore ? LARGEST_COPY : Long.MAX_VALUE),
                settings.pipelineId(),
                settings.defaultTarget(),
                BASE_EVERY);
    }

    private static Layout layout(ConfigSection config, String text, Map<String, String> options) {
        Optional<StoreLocation> url = StoreAddress.of(config, PATH, text);
        if (url.isPresent() && !url.get().store().equals("local")) {
            if (!text.endsWith("/") && Format.of(text).isPresent()) {
                config.problem(
                        PATH.name(),
                        "one object can't be added to, and every commit adds rows",
                        "name a folder, with a slash at its end: each commit puts objects into it");
            }
            return new Layout.InStore(url.get().url(), options);
        }
        if (!options.isEmpty()) {
            config.problem(STORAGE_OPTIONS.name(), "'path' names no object store", "leave them out");
        }
        String path = url.map(StoreLocation::prefix).orElse(text);
        return Layout.of(LocalPath.of(config, PATH, path).toAbsolutePath().normalize(), text.endsWith("/"));
    }

    /// Bizon's file: named like the target, beside the pipeline's other output.
    private static String named(TargetId target, Optional<Format> format) {
        return Layout.escaped(target.name())
                + switch (format.orElse(Format.NDJSON)) {
                    case NDJSON -> ".json";
                    case CSV -> Format.CSV.suffix();
                    case PARQUET -> "/";
                };
    }

    /// In the order to show them.
    private static Map<String, Format> formats() {
        Map<String, Format> words = new LinkedHashMap<>();
        for (Format format : Format.values()) {
            words.put(format.name().toLowerCase(Locale.ROOT), format);
        }
        return words;
    }

    private static CsvOptions delimited(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("");
        }
        return CsvOptions.DEFAULT.withDelimiter(text.charAt(0));
    }
}
