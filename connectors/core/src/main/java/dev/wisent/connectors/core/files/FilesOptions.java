package dev.wisent.connectors.core.files;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.format.DeclaredSchema;
import dev.wisent.api.format.Projection;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.storage.ObjectStores;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.ValueForm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The keys of the files source.
///
/// @param path where the files are, and which
/// @param storageOptions for the store
/// @param schema empty: inferred
/// @param forms how values of its columns are written
/// @param lateHorizon empty: never
/// @param mostOpen how many files are read at once; empty: as the engine likes
/// @param partitionColumns columns whose values stand in the path
record FilesOptions(
        StreamId stream,
        StorePath path,
        Map<String, String> storageOptions,
        InputFormat format,
        Compression compression,
        Optional<Schema> schema,
        ValueForm.ByColumn forms,
        Contract contract,
        Duration pollInterval,
        OnRewrite onRewrite,
        Optional<Duration> lateHorizon,
        Commits commits,
        OptionalInt mostOpen,
        Optional<PartitionFilter> partitionFilter,
        List<String> partitionColumns,
        long maxRecordBytes) {

    /// What becomes of a file that was read and has changed since.
    enum OnRewrite {
        ERROR,
        /// Its rows are read once more.
        APPEND,
        IGNORE
    }

    /// Where a commit may stand.
    enum Commits {
        WHOLE_FILES,
        WITHIN_FILES
    }

    /// Enough to hide the time a store needs to answer.
    private static final int STANDARD_FILES = 16;
    /// Each has a block in hand beside what the fetch share holds, and a connection.
    private static final int MOST_FILES = 64;
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");

    private static final Key<String> PATH = Key.text("path")
            .about(
                    "a path or URL, as `s3://bucket/events/**/*.ndjson.zst`, with `*`, `?`, `**`, `{a,b}`, `[a-z]`; or one file; or a folder with everything in it")
            .example("in/*.ndjson")
            .required();
    private static final Key<Map<String, String>> STORAGE_OPTIONS = Key.textMap("storage_options")
            .about("credentials and settings of the object store; the environment is asked for what is missing")
            .secret()
            .orEmpty();
    private static final Key<Compression> COMPRESSION = Key.choice("compression", Compression.class)
            .about("`auto` goes by the first bytes of each file")
            .standard(Compression.AUTO);

    private static final Key<Optional<ConfigSection>> SCHEMA = Key.nested("schema", DeclaredSchema.KEYS)
            .about("what the records look like")
            .optional("inferred from the first files");

    private static final String EXPLICIT = "`evolve`; with a schema `discard_row`";
    private static final Key<Optional<Contract.Mode>> COLUMNS = Key.choice("columns", Contract.Mode.class)
            .about("what becomes of new columns")
            .optional("`evolve`; with a schema `discard_value`");
    private static final Key<Optional<Contract.Mode>> TYPES = Key.choice("types", Contract.Mode.class)
            .about("what becomes of values that don't fit")
            .optional(EXPLICIT);
    private static final Key<Optional<Contract.Mode>> MISSING = Key.choice("missing", Contract.Mode.class)
            .about("what becomes of values that are missing")
            .optional(EXPLICIT);
    private static final Key<ConfigSection> CONTRACT = Key.nested("contract", ConfigShape.of(COLUMNS, TYPES, MISSING))
            .about("what becomes of records that don't fit the schema")
            .orEmpty();

    private static final Key<OnRewrite> ON_REWRITE = Key.choice("on_rewrite", OnRewrite.class)
            .about("what to do with a file that was read and has changed: fail, read its rows once more, or nothing")
            .standard(OnRewrite.ERROR);
    private static final Key<Optional<Duration>> LATE_HORIZON = Key.text("late_horizon")
            .about("forget files that are gone and older: `never`, seconds, or a time like `90m`, `12h`, `7d`")
            .as("never, seconds, or a time like 90m, 12h, 7d", Optional.<Duration>empty(), FilesOptions::horizon)
            .standard(Optional.empty(), "never");
    private static final Key<Duration> POLL_INTERVAL = Key.seconds("poll_interval")
            .about("stream mode: the time between two listings")
            .standard(Duration.ofSeconds(10));
    private static final Key<Boolean> COMMIT_WITHIN_FILE = Key.truth("commit_within_file")
            .about("commit inside files that are too large to read twice")
            .standard(false);

    private static final Key<Optional<Long>> MAX_CONCURRENT_FILES = Key.whole("max_concurrent_files", 1, MOST_FILES)
            .about("how many files are read at once")
            .optional("16 in object stores; on disk 3 for each worker");
    private static final Key<List<String>> PARTITION_COLUMNS = Key.texts("partition_columns")
            .about("columns that get the values of `key=value` folders; text, unless `schema` has them")
            .orEmpty();

    static final ConfigShape KEYS = ConfigShape.of(PATH, STORAGE_OPTIONS)
            .and(InputFormat.KEYS)
            .and(COMPRESSION, SCHEMA, CONTRACT, ON_REWRITE, LATE_HORIZON, POLL_INTERVAL, COMMIT_WITHIN_FILE)
            .and(MAX_CONCURRENT_FILES, PartitionFilter.KEY, PARTITION_COLUMNS);

    static FilesOptions read(ConfigSection config, SourceSettings settings) {
        StorePath path = StorePath.read(config, config.read(PATH));
        Map<String, String> storageOptions = config.read(STORAGE_OPTIONS);
        if (path.kind() == StorePath.Kind.LOCAL && !storageOptions.isEmpty()) {
            config.problem(STORAGE_OPTIONS.name(), "is for object stores, and path is on this machine", "");
        }
        Optional<DeclaredSchema> declared = config.read(SCHEMA).map(DeclaredSchema::read);
        Optional<Schema> schema = declared.map(DeclaredSchema::schema);
        Contract standard = schema.isPresent() ? Contract.EXPLICIT : Contract.INFERRED;
        Contract contract = contract(config.read(CONTRACT), standard);
        FilesOptions options = new FilesOptions(
                settings.stream(),
                path,
                storageOptions,
                InputFormat.read(config, path.text(), settings.formats()),
                config.read(COMPRESSION),
                schema,
                declared.map(DeclaredSchema::forms).orElse(ValueForm.ByColumn.STANDARD),
                contract,
                config.read(POLL_INTERVAL),
                config.read(ON_REWRITE),
                config.read(LATE_HORIZON),
                config.read(COMMIT_WITHIN_FILE) ? Commits.WITHIN_FILES : Commits.WHOLE_FILES,
                mostOpen(config, path),
                config.read(PartitionFilter.KEY).map(PartitionFilter::read),
                config.read(PARTITION_COLUMNS),
                settings.maxRecordBytes());
        options.refuseRequired(config);
        options.refuseCompression(config);
        options.refuseForms(config);
        config.done();
        return options;
    }

    private static OptionalInt mostOpen(ConfigSection config, StorePath path) {
        Optional<Long> asked = config.read(MAX_CONCURRENT_FILES);
        if (asked.isPresent()) {
            return OptionalInt.of(Math.toIntExact(asked.get()));
        }
        return path.kind() == StorePath.Kind.STORE ? OptionalInt.of(STANDARD_FILES) : OptionalInt.empty();
    }

    /// A path may lack the folder, and records don't have the column: it can't be required.
    private void refuseRequired(ConfigSection config) {
        for (Field field : schema.map(Schema::fields).orElse(List.of())) {
            if (partitionColumns.contains(field.name()) && !field.isNullable()) {
                config.problem(
                        PARTITION_COLUMNS.name(),
                        "'" + field.name() + "' must be nullable: a path may lack its folder",
                        "leave nullable out in schema.fields");
            }
        }
    }

    /// These formats compress inside.
    private void refuseCompression(ConfigSection config) {
        if (format instanceof InputFormat.Typed && config.has(COMPRESSION.name())) {
            config.problem(COMPRESSION.name(), "is for formats of text: the file says how it is compressed", "");
        }
    }

    /// The values of these formats are not written as text.
    private void refuseForms(ConfigSection config) {
        if (format instanceof InputFormat.Typed && !forms.isStandard()) {
            config.problem(
                    SCHEMA.name(), "unit and encoding are for formats of text: the file says what its values are", "");
        }
    }

    /// The columns that are read: no others where the schema is written down and drops them.
    Projection projection() {
        return contract.columns() == Contract.Mode.DISCARD_VALUE && schema.isPresent()
                ? Projection.of(schema.get().fields().stream().map(Field::name).collect(Collectors.toSet()))
                : Projection.ALL;
    }

    private static Contract contract(ConfigSection section, Contract standard) {
        return new Contract(
                section.read(COLUMNS).orElse(standard.columns()),
                section.read(TYPES).orElse(standard.types()),
                section.read(MISSING).orElse(standard.missing()));
    }

    /// Seconds, or a number with s, m, h or d behind it.
    private static Optional<Duration> horizon(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        Matcher time = TIME.matcher(text);
        if (text.equals("never")) {
            return Optional.empty();
        }
        if (!time.matches()) {
            throw new IllegalArgumentException("");
        }
        long number = Long.parseLong(time.group(1));
        return Optional.of(
                switch (time.group(2)) {
                    case "d" -> Duration.ofDays(number);
                    case "h" -> Duration.ofHours(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    FileOrigin origin(ObjectStores stores) {
        return switch (path.kind()) {
            case LOCAL -> new LocalOrigin(path.text());
            case STORE -> new StoreOrigin(stores, path.text(), storageOptions);
        };
    }

    /// Below which folders files are looked for at `now`.
    List<String> folders(Instant now) {
        return partitionFilter.map(filter -> filter.folders(now)).orElse(List.of(""));
    }

    /// What decides which records the files have.
    String fingerprint() {
        return "path=" + path.text() + " format=" + format + " compression=" + compression + " schema=" + schema
                + " contract="
                + contract
                + (forms.isStandard() ? "" : " forms=" + forms)
                + partitionFilter.map(filter -> " partition_filter=" + filter).orElse("")
                + (partitionColumns.isEmpty() ? "" : " partition_columns=" + partitionColumns);
    }
}
