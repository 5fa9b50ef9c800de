package dev.wisent.bench;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// Seeded events of a web shop, as NDJSON: about 665 bytes a record and 29 leaf columns, with nested objects, a list, nulls,
/// a key that is sometimes missing, escapes and letters beyond ASCII.
final class LakeData {
    static final int FILES = Integer.getInteger("bench.lake.files", 8);
    private static final int FILE_BYTES = 60_000_000;
    private static final int ZSTD_LEVEL = 3;
    private static final String[] TYPES = {"view", "view", "view", "click", "click", "add_to_cart", "search", "purchase"
    };
    private static final String[] CITIES = {"Zürich", "København", "São Paulo", "Paris", "大阪", "Graz", "Łódź", "Boston"
    };
    private static final String[] COUNTRIES = {"CH", "DK", "BR", "FR", "JP", "AT", "PL", "US"};
    private static final String[] WORDS = {
        "fast",
        "delivery",
        "was",
        "not",
        "as",
        "\\\"described\\\"",
        "but",
        "größer",
        "than",
        "expected\\n",
        "ok",
        "the",
        "red",
        "one"
    };

    /// What the files look like: as many bytes of each, so that start and end of a run weigh the same.
    enum Kind {
        /// Several files, keys in one order.
        EVENTS(FILES),
        /// The same records in one file.
        BIG(1),
        /// Each record has its keys in an order of its own.
        MIXED(FILES),
        /// A comment of about a kilobyte in each record.
        WIDE(FILES);

        final int files;

        Kind(int files) {
            this.files = files;
        }

        /// Another one for another number of files: all that are in it are read.
        String folder() {
            return "lake-input-" + FILES + (this == EVENTS ? "" : "-" + name().toLowerCase(Locale.ROOT));
        }
    }

    /// Columns and their types, as our configuration spells them.
    static final Map<String, String> COLUMNS = columns();

    private LakeData() {}

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("event_id", "string");
        columns.put("at", "timestamp");
        columns.put("user_id", "int64");
        columns.put("session", "string");
        columns.put("type", "string");
        columns.put("page", "string");
        columns.put("referrer", "string");
        columns.put("ip", "string");
        columns.put("country", "string");
        columns.put("city", "string");
        columns.put(
                "device",
                "struct<os:string,version:string,mobile:bool,browser:struct<name:string,version:int32,language:string>>");
        columns.put("price", "float64");
        columns.put("quantity", "int32");
        columns.put("discount", "float64");
        columns.put("currency", "string");
        columns.put("tags", "list<string>");
        columns.put("comment", "string");
        columns.put("rating", "int32");
        columns.put("coupon", "string");
        columns.put("lat", "float64");
        columns.put("lon", "float64");
        columns.put("score", "float64");
        columns.put("latency_ms", "int32");
        columns.put("bot", "bool");
        return columns;
    }

    /// The value of `schema.fields` of a pipeline that reads them.
    static String fields() {
        return COLUMNS.entrySet().stream()
                .map(column -> "{name: %s, type: \"%s\"}".formatted(column.getKey(), column.getValue()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// DuckDB's call that reads `files` with these columns declared.
    static String readJson(String files) {
        return COLUMNS.entrySet().stream()
                .map(column -> "'" + column.getKey() + "': '" + duckdb(column.getValue()) + "'")
                .collect(Collectors.joining(
                        ", ", "read_json('" + files + "', format='newline_delimited', columns={", "})"));
    }

    /// The same types as DuckDB spells them.
    private static String duckdb(String type) {
        return switch (type) {
            case "string" -> "VARCHAR";
            case "timestamp" -> "TIMESTAMPTZ";
            case "int64" -> "BIGINT";
            case "int32" -> "INTEGER";
            case "float64" -> "DOUBLE";
            case "bool" -> "BOOLEAN";
            case "list<string>" -> "VARCHAR[]";
            default ->
                "STRUCT(os VARCHAR, version VARCHAR, mobile BOOLEAN, browser STRUCT(name VARCHAR, version INTEGER, language"
                        + " VARCHAR))";
        };
    }

    /// Files of both compressions below `folder`; kept from run to run. Returns the bytes before compression.
    static long prepare(Path work, Kind kind) throws IOException {
        Path folder = work.resolve(kind.folder());
        long bytes = 0;
        Files.createDirectories(folder);
        for (int i = 0; i < kind.files; i++) {
            Path size = folder.resolve("size-" + i);
            if (!Files.exists(size)) {
                Files.writeString(size.resolveSibling("tmp"), String.valueOf(write(folder, i, kind)));
                Files.move(size.resolveSibling("tmp"), size);
            }
            bytes += Long.parseLong(Files.readString(size));
        }
        return bytes;
    }

    /// About `bytes` of whole records, always the same.
    static byte[] sample(Kind kind, int bytes) {
        Random random = new Random(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes + (1 << 16));
        for (long row = 0; out.size() < bytes; row++) {
            out.writeBytes(line(random, 0, row, kind));
        }
        return out.toByteArray();
    }

    private static byte[] line(Random random, int number, long row, Kind kind) {
        String record = record(random, number, row, kind);
        return (kind == Kind.MIXED ? mixed(record, random) : record).getBytes(StandardCharsets.UTF_8);
    }

    private static long write(Path folder, int number, Kind kind) throws IOException {
        long most = kind == Kind.BIG ? (long) FILES * FILE_BYTES : FILE_BYTES;
        Random random = new Random(number);
        long written = 0;
        try (OutputStream zstd = new ZstdOutputStream(open(folder, number, "zst"), ZSTD_LEVEL);
                OutputStream gzip = new GZIPOutputStream(open(folder, number, "gz"), 1 << 16)) {
            for (long row = 0; written < most; row++) {
                byte[] line = line(random, number, row, kind);
                zstd.write(line);
                gzip.write(line);
                written += line.length;
            }
        }
        return written;
    }

    /// The members of a record in another order: its columns begin at keys of the first level, which no value contains.
    private static String mixed(String record, Random random) {
        List<Integer> starts = new ArrayList<>();
        for (String column : COLUMNS.keySet()) {
            int at = record.indexOf((starts.isEmpty() ? "{\"" : ",\"") + column + "\":");
            if (at >= 0) {
                starts.add(at + 1);
            }
        }
        List<String> members = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) - 1 : record.length() - 2;
            members.add(record.substring(starts.get(i), end));
        }
        Collections.shuffle(members, random);
        return "{" + String.join(",", members) + "}\n";
    }

    private static OutputStream open(Path folder, int number, String suffix) throws IOException {
        return new BufferedOutputStream(
                Files.newOutputStream(folder.resolve("ev-%02d.ndjson.%s".formatted(number, suffix))), 1 << 16);
    }

    private static String record(Random random, int file, long row, Kind kind) {
        StringBuilder out = new StringBuilder(700);
        long second = 1_750_000_000L + file * 100_000L + row;
        out.append("{\"event_id\":\"").append(new UUID(random.nextLong(), random.nextLong()));
        out.append("\",\"at\":\"").append(java.time.Instant.ofEpochSecond(second, random.nextInt(1_000) * 1_000_000L));
        out.append("\",\"user_id\":").append(random.nextInt(2_000_000));
        out.append(",\"session\":\"").append(Long.toHexString(random.nextLong() | Long.MIN_VALUE));
        out.append("\",\"type\":\"").append(TYPES[random.nextInt(TYPES.length)]);
        out.append("\",\"page\":\"/products/category-")
                .append(random.nextInt(40))
                .append("/item-");
        out.append(random.nextInt(3_000)).append(".html\"");
        text(out, "referrer", random.nextInt(100) < 40, "https://www.example.com/search?q=" + random.nextInt(500));
        out.append(",\"ip\":\"10.")
                .append(random.nextInt(256))
                .append('.')
                .append(random.nextInt(256))
                .append('.');
        out.append(random.nextInt(256)).append("\",\"country\":\"");
        int city = random.nextInt(CITIES.length);
        out.append(COUNTRIES[city]).append("\",\"city\":\"").append(CITIES[city]);
        out.append("\",\"device\":{\"os\":\"").append(random.nextBoolean() ? "Android" : "Windows");
        out.append("\",\"version\":\"")
                .append(random.nextInt(5) + 9)
                .append('.')
                .append(random.nextInt(10));
        out.append("\",\"mobile\":").append(random.nextBoolean());
        out.append(",\"browser\":{\"name\":\"").append(random.nextInt(3) == 0 ? "Firefox" : "Chrome");
        out.append("\",\"version\":").append(90 + random.nextInt(40)).append(",\"language\":\"de-CH\"}}");
        out.append(",\"price\":")
                .append(random.nextInt(100_000) / 100.0)
                .append(",\"quantity\":")
                .append(random.nextInt(9));
        out.append(",\"discount\":")
                .append(random.nextInt(100) < 93 ? "null" : String.valueOf(random.nextInt(50) / 100.0));
        out.append(",\"currency\":\"")
                .append(random.nextInt(4) == 0 ? "CHF" : "EUR")
                .append("\",\"tags\":[");
        for (int i = random.nextInt(5); i > 0; i--) {
            out.append("\"tag-").append(random.nextInt(60)).append(i > 1 ? "\"," : "\"");
        }
        out.append(']');
        text(out, "comment", kind != Kind.WIDE && random.nextInt(100) < 60, words(random, kind));
        out.append(",\"rating\":").append(random.nextInt(20) == 0 ? "null" : String.valueOf(random.nextInt(5)));
        if (random.nextInt(5) > 0) {
            out.append(",\"coupon\":\"SUMMER-").append(random.nextInt(100)).append('"');
        }
        out.append(",\"lat\":")
                .append(random.nextDouble() * 90)
                .append(",\"lon\":")
                .append(random.nextDouble() * 180);
        out.append(",\"score\":")
                .append(random.nextDouble())
                .append(",\"latency_ms\":")
                .append(random.nextInt(2_000));
        return out.append(",\"bot\":")
                .append(random.nextInt(50) == 0)
                .append("}\n")
                .toString();
    }

    private static void text(StringBuilder out, String key, boolean isNull, String value) {
        out.append(",\"").append(key.toLowerCase(Locale.ROOT)).append("\":");
        if (isNull) {
            out.append("null");
        } else {
            out.append('"').append(value).append('"');
        }
    }

    private static String words(Random random, Kind kind) {
        StringBuilder words = new StringBuilder();
        for (int i = 4 + random.nextInt(kind == Kind.WIDE ? 250 : 20); i > 0; i--) {
            words.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return words.toString();
    }
}
