package dev.wisent.connectors.core.files;

import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigSection;
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

    private static final double POLL_SECONDS = 10;
    private static final long MILLIS = 1_000;
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*([smhd]?)");

    static FilesOptions read(ConfigSection config, SourceSettings settings) {
        String path = LocalPath.expand(config.text("path"));
        try {
            if (path.contains("://")) {
                throw new IllegalArgumentException("must be a path of this machine");
            }
            Glob.parse(path, false);
        } catch (IllegalArgumentException e) {
            config.problem("path", String.valueOf(e.getMessage()), "");
        }
        Optional<Schema> schema = config.section("schema").map(FilesOptions::schema);
        Contract standard = schema.isPresent() ? Contract.EXPLICIT : Contract.INFERRED;
        Contract contract = config.section("contract")
                .map(section -> contract(section, standard))
                .orElse(standard);
        FilesOptions options = new FilesOptions(
                settings.stream(),
                path,
                InputFormat.read(config, path),
                config.choice("compression", Compression.class, Compression.AUTO),
                schema,
                contract,
                Duration.ofMillis(Math.round(config.number("poll_interval", POLL_SECONDS) * MILLIS)),
                config.choice("on_rewrite", OnRewrite.class, OnRewrite.ERROR),
                horizon(config),
                config.truth("commit_within_file", false) ? Commits.WITHIN_FILES : Commits.WHOLE_FILES,
                settings.maxRecordBytes());
        config.done();
        return options;
    }

    private static Contract contract(ConfigSection section, Contract standard) {
        Contract contract = new Contract(
                section.choice("columns", Contract.Mode.class, standard.columns()),
                section.choice("types", Contract.Mode.class, standard.types()),
                section.choice("missing", Contract.Mode.class, standard.missing()));
        section.done();
        return contract;
    }

    private static Schema schema(ConfigSection section) {
        List<Field> fields = new ArrayList<>();
        for (ConfigSection field : section.sections("fields")) {
            String name = field.text("name");
            DataType type = DataType.STRING;
            try {
                type = TypeParser.parse(field.text("type", "string"));
            } catch (IllegalArgumentException e) {
                field.problem("type", String.valueOf(e.getMessage()), "");
            }
            boolean nullable = field.truth("nullable", true);
            field.done();
            boolean known = fields.stream().anyMatch(f -> f.name().equals(name));
            if (known) {
                field.problem("name", "two fields are named '" + name + "'", "");
            } else if (!name.isEmpty()) {
                fields.add(nullable ? Field.nullable(name, type) : Field.required(name, type));
            }
        }
        section.done();
        return Schema.of(fields);
    }

    /// Seconds, or a number with s, m, h or d behind it.
    private static Optional<Duration> horizon(ConfigSection config) {
        String text = config.text("late_horizon", "never").strip().toLowerCase(Locale.ROOT);
        Matcher time = TIME.matcher(text);
        if (text.equals("never")) {
            return Optional.empty();
        }
        if (!time.matches()) {
            config.problem("late_horizon", "must be never, seconds, or a time like 90m, 12h, 7d", "");
            return Optional.empty();
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
