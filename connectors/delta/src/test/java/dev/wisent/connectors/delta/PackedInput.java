package dev.wisent.connectors.delta;

import com.github.luben.zstd.Zstd;
import dev.wisent.testkit.RowBag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/// NDJSON files, packed by gzip, by gzip in several members that end within lines, and by zstd in one frame and in several. The
/// largest come in more than one download. What they hold is told by DuckDB, which unpacks and reads them itself.
record PackedInput(Path folder, Shape shape, RowBag rows) {
    static final String GLOB = "*.ndjson.*";
    static final List<Map<String, String>> FIELDS = List.of(
            Map.of("name", "id", "type", "int64"),
            Map.of("name", "name", "type", "string"),
            Map.of("name", "at", "type", "timestamp"),
            Map.of("name", "amount", "type", "decimal(18,2)"));

    /// @param shortNames so many of the files have short names, the others long ones
    record Shape(int files, int rows, int shortNames) {
        /// Two of the files are larger than a block of 256 KB.
        static final Shape SMALL = new Shape(6, 200, 4);
        /// Each file is more than 5 MB, packed or not.
        static final Shape LARGE = new Shape(2, 3_000, 0);
    }

    /// Letters that no codec makes much of.
    private static final int LONG_NAME = 2_800;

    private static final int SHORT_NAME = 100;

    private static final int MEMBERS = 5;

    static PackedInput in(Path folder, Shape shape) throws IOException, SQLException {
        Files.createDirectories(folder);
        Random random = new Random(7);
        for (int file = 0; file < shape.files(); file++) {
            byte[] text = text(file, shape, random).getBytes(StandardCharsets.UTF_8);
            String name = "events-" + file + ".ndjson" + (file % 2 == 0 ? ".gz" : ".zst");
            Files.write(folder.resolve(name), pack(text, file % 2 == 0, file < 2 ? 1 : MEMBERS));
        }
        return new PackedInput(folder, shape, oracle(folder));
    }

    int size() {
        return shape.files() * shape.rows();
    }

    private static String text(int file, Shape shape, Random random) {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < shape.rows(); row++) {
            int id = file * shape.rows() + row;
            String name = id % 7 == 0
                    ? "null"
                    : "\"Zoë \\\\ \\\"" + id + "\\\" "
                            + noise(random, file < shape.shortNames() ? SHORT_NAME : LONG_NAME) + "\"";
            lines.append("{\"id\":%d,\"name\":%s,\"at\":\"2026-11-%02dT10:00:00.%06dZ\",\"amount\":%d.%02d}\n"
                    .formatted(id, name, 1 + id % 28, id, id - 1000, id % 100));
        }
        return lines.toString();
    }

    private static String noise(Random random, int length) {
        StringBuilder noise = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            noise.append((char) ('A' + random.nextInt(58)));
        }
        return noise.toString().replace('\\', '-');
    }

    private static byte[] pack(byte[] text, boolean gzip, int members) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int member = 0; member < members; member++) {
            int from = (int) ((long) text.length * member / members);
            int to = (int) ((long) text.length * (member + 1) / members);
            byte[] piece = Arrays.copyOfRange(text, from, to);
            if (gzip) {
                try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                    out.write(piece);
                }
            } else {
                packed.write(Zstd.compress(piece));
            }
        }
        return packed.toByteArray();
    }

    /// As [TableReader] gives rows.
    private static RowBag oracle(Path folder) throws SQLException {
        RowBag bag = new RowBag();
        try (Connection connection = Duck.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id::VARCHAR AS id, name, strftime(\"at\", '%Y-%m-%dT%H:%M:%S.%fZ') AS \"at\","
                                + " amount::VARCHAR AS amount FROM read_json('" + folder + "/" + GLOB
                                + "', format='newline_delimited', columns={id: 'BIGINT', name: 'VARCHAR', \"at\": 'TIMESTAMP',"
                                + " amount: 'DECIMAL(18,2)'})")) {
            while (rows.next()) {
                Map<String, String> row = new TreeMap<>();
                for (Map<String, String> field : FIELDS) {
                    String column = field.get("name");
                    if (rows.getString(column) != null) {
                        row.put(column, rows.getString(column));
                    }
                }
                bag.add(row.toString());
            }
        }
        return bag;
    }
}
