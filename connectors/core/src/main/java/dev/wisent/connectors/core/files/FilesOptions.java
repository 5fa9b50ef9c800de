package dev.wisent.connectors.core.files;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import dev.wisent.connectors.core.internal.LocalPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The keys of the files source.
///
/// @param path as configured, `~` replaced
/// @param schema empty: inferred
/// @param lateHorizon empty: never
record FilesOptions(
        StreamId stream,
        String path,
        InputFormat format,
        Compression compression,
        Optional<Schema> schema,
        Contract contract,
        Duration pollInterval,
        OnRewrite onRewrite,
        Optional<Duration> lateHorizon,
        Commits commits,
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

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");

    private static final Key<String> PATH = Key.text("path")
            .about("`*`, `?`, `**`, `{a,b}`, `[a-z]`; or one file; or a folder with everything in it")
            .example("data/*.ndjson")
            .required();
    private static final Key<Compression> COMPRESSION = Key.choice("compression", Compression.class)
            .about("`auto` goes by the first bytes of each file")
            .standard(Compression.AUTO);

    private static final Key<String> FIELD_NAME =
            Key.text("name").about("the field's name").required();
    private static final Key<DataType> FIELD_TYPE = Key.text("type")
            .about("a type of formats.md")
            .as("a type", DataType.STRING, TypeParser::parse)
            .standard(DataType.STRING, "string");
    private static final Key<Boolean> FIELD_NULLABLE =
            Key.truth("nullable").about("whether it may be missing or null").standard(true);
    private static final Key<List<ConfigSection>> FIELDS = Key.nestedList(
                    "fields", ConfigShape.of(FIELD_NAME, FIELD_TYPE, FIELD_NULLABLE))
            .about("the fields of a record")
            .orEmpty();
    private static final Key<Optional<ConfigSection>> SCHEMA = Key.nested("schema", ConfigShape.of(FIELDS))
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

    static final ConfigShape KEYS = ConfigShape.of(PATH)
            .and(InputFormat.KEYS)
            .and(COMPRESSION, SCHEMA, CONTRACT, ON_REWRITE, LATE_HORIZON, POLL_INTERVAL, COMMIT_WITHIN_FILE);

    static FilesOptions read(ConfigSection config, SourceSettings settings) {
        String path = LocalPath.expand(config.read(PATH));
        try {
            if (path.contains("://")) {
                throw new IllegalArgumentException("must be a path of this machine");
            }
            Glob.parse(path, false);
        } catch (IllegalArgumentException e) {
            config.problem("path", String.valueOf(e.getMessage()), "");
        }
        Optional<Schema> schema = config.read(SCHEMA).map(FilesOptions::schema);
        Contract standard = schema.isPresent() ? Contract.EXPLICIT : Contract.INFERRED;
        Contract contract = contract(config.read(CONTRACT), standard);
        FilesOptions options = new FilesOptions(
                settings.stream(),
                path,
                InputFormat.read(config, path),
                config.read(COMPRESSION),
                schema,
                contract,
                config.read(POLL_INTERVAL),
                config.read(ON_REWRITE),
                config.read(LATE_HORIZON),
                config.read(COMMIT_WITHIN_FILE) ? Commits.WITHIN_FILES : Commits.WHOLE_FILES,
                settings.maxRecordBytes());
        config.done();
        return options;
    }

    private static Contract contract(ConfigSection section, Contract standard) {
        return new Contract(
                section.read(COLUMNS).orElse(standard.columns()),
                section.read(TYPES).orElse(standard.types()),
                section.read(MISSING).orElse(standard.missing()));
    }

    private static Schema schema(ConfigSection section) {
        List<Field> fields = new ArrayList<>();
        for (ConfigSection field : section.read(FIELDS)) {
            String name = field.read(FIELD_NAME);
            DataType type = field.read(FIELD_TYPE);
            boolean nullable = field.read(FIELD_NULLABLE);
            boolean known = fields.stream().anyMatch(f -> f.name().equals(name));
            if (known) {
                field.problem("name", "two fields are named '" + name + "'", "");
            } else if (!name.isEmpty()) {
                fields.add(nullable ? Field.nullable(name, type) : Field.required(name, type));
            }
        }
        return Schema.of(fields);
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

    /// What decides which records the files have.
    String fingerprint() {
        return "path=" + path + " format=" + format + " compression=" + compression + " schema=" + schema + " contract="
                + contract;
    }
}
