package dev.wisent.connectors.core.files;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.RecordsPath;
import dev.wisent.columnar.SchemaInference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the files hold.
sealed interface InputFormat {
    record Ndjson() implements InputFormat {}

    record Json(RecordsPath records) implements InputFormat {}

    record Csv(CsvOptions csv) implements InputFormat {}

    /// The values of `format`.
    enum Name {
        NDJSON,
        JSON,
        CSV
    }

    default ByteDecoder decoder(DecoderOptions options) {
        return switch (this) {
            case Ndjson ndjson -> Decoders.ndjson(options);
            case Json(RecordsPath records) -> Decoders.jsonDocument(options, records);
            case Csv(CsvOptions csv) -> Decoders.csv(options, csv);
        };
    }

    default SchemaInference inference() {
        return switch (this) {
            case Ndjson ndjson -> SchemaInference.ndjson();
            case Json(RecordsPath records) -> SchemaInference.jsonDocument(records);
            case Csv(CsvOptions csv) -> SchemaInference.csv(csv);
        };
    }

    /// Whether a decoder can begin in the middle of the bytes: the others need what comes first.
    default boolean canBeEntered() {
        return this instanceof Ndjson;
    }

    static InputFormat read(ConfigSection config, String path) {
        Name standard = path.toLowerCase(Locale.ROOT).contains(".csv") ? Name.CSV : Name.NDJSON;
        Name name = config.choice("format", Name.class, standard);
        // All keys are read whatever the format: a key of another one is a mistake to be told as such.
        RecordsPath records = RecordsPath.AUTOMATIC;
        try {
            records =
                    config.optionalText("records_path").map(RecordsPath::parse).orElse(records);
        } catch (IllegalArgumentException e) {
            config.problem("records_path", String.valueOf(e.getMessage()), "");
        }
        CsvOptions csv = csv(config);
        refuse(config, name == Name.JSON, List.of("records_path"), "json");
        refuse(config, name == Name.CSV, List.of("delimiter", "quote", "header", "encoding", "null_value"), "csv");
        return switch (name) {
            case NDJSON -> new Ndjson();
            case JSON -> new Json(records);
            case CSV -> new Csv(csv);
        };
    }

    private static void refuse(ConfigSection config, boolean fits, List<String> keys, String format) {
        if (!fits) {
            keys.stream().filter(config::has).forEach(key -> config.problem(key, "is for format: " + format, ""));
        }
    }

    private static CsvOptions csv(ConfigSection config) {
        byte delimiter = character(config, "delimiter", ",");
        byte quote = character(config, "quote", "\"");
        CsvOptions.Header header = config.truth("header", true) ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT;
        String nullText = config.text("null_value", "");
        try {
            return new CsvOptions(delimiter, quote, header, encoding(config), nullText, List.of());
        } catch (IllegalArgumentException e) {
            config.problem("delimiter", String.valueOf(e.getMessage()), "");
            return CsvOptions.DEFAULT;
        }
    }

    private static byte character(ConfigSection config, String key, String standard) {
        String text = config.text(key, standard).replace("\\t", "\t");
        if (text.length() != 1 || text.charAt(0) > Byte.MAX_VALUE) {
            config.problem(key, "must be one ASCII character", "");
            return (byte) standard.charAt(0);
        }
        return (byte) text.charAt(0);
    }

    private static CsvOptions.Encoding encoding(ConfigSection config) {
        String text = config.text("encoding", "utf-8");
        String plain = text.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        for (CsvOptions.Encoding encoding : CsvOptions.Encoding.values()) {
            if (encoding.name().replace("_", "").equals(plain)) {
                return encoding;
            }
        }
        if (plain.equals("LATIN1")) {
            return CsvOptions.Encoding.ISO_8859_1;
        }
        String known = String.join(
                ", ",
                Arrays.stream(CsvOptions.Encoding.values())
                        .map(encoding ->
                                encoding.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
        config.problem("encoding", "must be one of " + known, "");
        return CsvOptions.Encoding.UTF_8;
    }
}
