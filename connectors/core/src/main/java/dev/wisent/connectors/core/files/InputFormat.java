package dev.wisent.connectors.core.files;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.RecordsPath;
import dev.wisent.columnar.SchemaInference;
import dev.wisent.storage.Lazy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the files hold.
sealed interface InputFormat {
    record Ndjson() implements InputFormat {}

    record Json(RecordsPath records) implements InputFormat {}

    record Csv(CsvOptions csv) implements InputFormat {}

    /// Records that carry their types; a family reads them.
    record Typed(Name name, Lazy<FileFormat> format) implements InputFormat {
        /// Part of the source's fingerprint.
        @Override
        public String toString() {
            return "Typed[name=" + name + "]";
        }

        private IllegalStateException isNoText() {
            return new IllegalStateException(name + " is no format of text");
        }
    }

    /// The values of `format`.
    enum Name {
        NDJSON,
        JSON,
        CSV,
        PARQUET,
        AVRO
    }

    default ByteDecoder decoder(DecoderOptions options) {
        return switch (this) {
            case Ndjson ndjson -> Decoders.ndjson(options);
            case Json(RecordsPath records) -> Decoders.jsonDocument(options, records);
            case Csv(CsvOptions csv) -> Decoders.csv(options, csv);
            case Typed typed -> throw typed.isNoText();
        };
    }

    /// The format of one record that was cut out of such an input: UTF-8, and no header.
    ///
    /// @param columns the names of its cells, where a record does not hold them
    default InputFormat ofOneRecord(List<String> columns) {
        return switch (this) {
            case Ndjson ndjson -> this;
            case Json json -> new Ndjson();
            case Typed typed -> new Ndjson();
            case Csv(CsvOptions csv) ->
                new Csv(csv.withHeader(CsvOptions.Header.ABSENT)
                        .withEncoding(CsvOptions.Encoding.UTF_8)
                        .withColumns(columns));
        };
    }

    default SchemaInference inference() {
        return switch (this) {
            case Ndjson ndjson -> SchemaInference.ndjson();
            case Json(RecordsPath records) -> SchemaInference.jsonDocument(records);
            case Csv(CsvOptions csv) -> SchemaInference.csv(csv);
            case Typed typed -> throw typed.isNoText();
        };
    }

    /// Whether a decoder can begin in the middle of the bytes: the others need what comes first.
    default boolean canBeEntered() {
        return this instanceof Ndjson;
    }

    Key<Optional<Name>> FORMAT = Key.choice("format", Name.class)
            .about("what the files hold")
            .optional("`csv`, `parquet` or `avro` if the path says .csv, .parquet or .avro, else `ndjson`");
    Key<Optional<RecordsPath>> RECORDS_PATH = Key.text("records_path")
            .about("JSON: where the records are, like `$.features[*]`")
            .as("a path like $.features[*]", RecordsPath.AUTOMATIC, RecordsPath::parse)
            .optional("the document, or the elements of an array");
    Key<Byte> DELIMITER = Key.text("delimiter")
            .about("CSV: what separates the cells; one ASCII character")
            .as("one ASCII character", (byte) ',', InputFormat::character)
            .standard((byte) ',', ",");
    Key<Byte> QUOTE = Key.text("quote")
            .about("CSV: what stands around a cell that holds a delimiter; one ASCII character")
            .as("one ASCII character", (byte) '"', InputFormat::character)
            .standard((byte) '"', "\"");
    Key<Boolean> HEADER =
            Key.truth("header").about("CSV: the first line names the columns").standard(true);
    Key<CsvOptions.Encoding> ENCODING = Key.choice("encoding", Encodings.WORDS, Encodings.ALIKE, Map.of())
            .about("CSV: how characters are stored")
            .standard(CsvOptions.Encoding.UTF_8, "utf-8");
    Key<String> NULL_VALUE = Key.text("null_value")
            .about("CSV: the unquoted cell that means null")
            .standard("");

    ConfigShape KEYS = ConfigShape.of(FORMAT, RECORDS_PATH, DELIMITER, QUOTE, HEADER, ENCODING, NULL_VALUE);

    static InputFormat read(ConfigSection config, String path, FileFormats formats) {
        Name name = config.read(FORMAT).orElse(standard(path.toLowerCase(Locale.ROOT)));
        // All keys are read whatever the format: a key of another one is a mistake to be told as such.
        RecordsPath records = config.read(RECORDS_PATH).orElse(RecordsPath.AUTOMATIC);
        CsvOptions csv = csv(config);
        refuse(config, name == Name.JSON, List.of(RECORDS_PATH), "json");
        refuse(config, name == Name.CSV, List.of(DELIMITER, QUOTE, HEADER, ENCODING, NULL_VALUE), "csv");
        return switch (name) {
            case NDJSON -> new Ndjson();
            case JSON -> new Json(records);
            case CSV -> new Csv(csv);
            case PARQUET, AVRO ->
                new Typed(name, new Lazy<>(() -> formats.find(name.name().toLowerCase(Locale.ROOT))));
        };
    }

    private static Name standard(String path) {
        return Stream.of(Name.CSV, Name.PARQUET, Name.AVRO)
                .filter(name -> path.contains("." + name.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Name.NDJSON);
    }

    private static void refuse(ConfigSection config, boolean fits, List<Key<?>> keys, String format) {
        if (!fits) {
            keys.stream()
                    .map(Key::name)
                    .filter(config::has)
                    .forEach(key -> config.problem(key, "is for format: " + format, ""));
        }
    }

    private static CsvOptions csv(ConfigSection config) {
        CsvOptions.Header header = config.read(HEADER) ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT;
        byte delimiter = config.read(DELIMITER);
        byte quote = config.read(QUOTE);
        CsvOptions.Encoding encoding = config.read(ENCODING);
        String nullText = config.read(NULL_VALUE);
        try {
            return new CsvOptions(delimiter, quote, header, encoding, nullText, List.of());
        } catch (IllegalArgumentException e) {
            config.problem("delimiter", String.valueOf(e.getMessage()), "");
            return CsvOptions.DEFAULT;
        }
    }

    private static byte character(String written) {
        String text = written.replace("\\t", "\t");
        if (text.length() != 1 || text.charAt(0) > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("");
        }
        return (byte) text.charAt(0);
    }

    /// How configuration spells the encodings.
    final class Encodings {
        private static final Map<String, CsvOptions.Encoding> WORDS = new LinkedHashMap<>();
        private static final Map<String, CsvOptions.Encoding> ALIKE = new LinkedHashMap<>();

        static {
            for (CsvOptions.Encoding encoding : CsvOptions.Encoding.values()) {
                String word = encoding.name().toLowerCase(Locale.ROOT).replace('_', '-');
                WORDS.put(word, encoding);
                ALIKE.put(word.replace("-", ""), encoding);
                ALIKE.put(word.replace('-', '_'), encoding);
            }
            for (String name : List.of("latin1", "latin-1", "latin_1")) {
                ALIKE.put(name, CsvOptions.Encoding.ISO_8859_1);
            }
            for (String name : List.of("iso8859-1", "iso88591", "iso-88591", "windows1252", "cp1252")) {
                ALIKE.put(
                        name,
                        name.startsWith("iso") ? CsvOptions.Encoding.ISO_8859_1 : CsvOptions.Encoding.WINDOWS_1252);
            }
            for (String name : List.of("utf-16-le", "utf-16-be")) {
                ALIKE.put(name, name.endsWith("le") ? CsvOptions.Encoding.UTF_16LE : CsvOptions.Encoding.UTF_16BE);
            }
        }

        private Encodings() {}
    }
}
