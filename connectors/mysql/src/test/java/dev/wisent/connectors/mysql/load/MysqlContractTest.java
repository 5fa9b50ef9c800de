package dev.wisent.connectors.mysql.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class MysqlContractTest extends DestinationContract {
    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    @TempDir
    Path folder;

    @Override
    protected Destination open() {
        return Configured.destination(
                new MysqlFactory(),
                database.keys(Map.of("parts", folder.resolve("parts").toString())));
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws Exception {
        List<String> columns =
                database.list("SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '"
                        + database.name() + "' AND table_name = '" + target.name() + "' ORDER BY ordinal_position");
        if (columns.isEmpty()) {
            return List.of();
        }
        String select = columns.stream().map(MysqlContractTest::shown).collect(Collectors.joining(", "));
        List<Map<String, String>> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + select + " FROM `" + target.name() + "`")) {
            while (row.next()) {
                Map<String, String> values = new HashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    String name = columns.get(i).substring(0, columns.get(i).lastIndexOf('|'));
                    if (row.getString(i + 1) != null) {
                        values.put(name, row.getString(i + 1));
                    }
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private static String shown(String column) {
        int bar = column.lastIndexOf('|');
        String name = "`" + column.substring(0, bar) + "`";
        return switch (column.substring(bar + 1)) {
            case "tinyint" -> name;
            case "longblob" -> "HEX(" + name + ")";
            case "float" -> name + " * 1e0";
            default -> "CAST(" + name + " AS CHAR)";
        };
    }

    /// As the server shows them.
    @Override
    protected Set<String> refusedValues() {
        return Set.of(
                "float32 NaN",
                "float32 Infinity",
                "float32 -Infinity",
                "float64 NaN",
                "float64 Infinity",
                "float64 -Infinity",
                "date +10000-01-01",
                "date -0043-03-15",
                "timestamp +10000-01-01T23:59:59.999999Z",
                "timestamp -0043-03-15T23:59:59.999999Z",
                "timestamp_ntz +10000-01-01T23:59:59.999999",
                "timestamp_ntz -0043-03-15T23:59:59.999999");
    }

    @Override
    protected boolean same(DataType type, String expected, String actual) {
        return switch (type) {
            case DataType.Bool b -> (expected.equals("true") ? "1" : "0").equals(actual);
            case DataType.Timestamp at ->
                Instant.parse(expected)
                        .equals(LocalDateTime.parse(actual.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
            case DataType.TimestampNtz at ->
                LocalDateTime.parse(expected).equals(LocalDateTime.parse(actual.replace(' ', 'T')));
            case DataType.Time at -> LocalTime.parse(expected).equals(LocalTime.parse(actual));
            case DataType.Float f ->
                Double.parseDouble(expected) == Double.parseDouble(actual)
                        || Float.parseFloat(expected) == Float.parseFloat(actual);
            case DataType.Binary b ->
                HexFormat.of()
                        .withUpperCase()
                        .formatHex(Base64.getDecoder().decode(expected))
                        .equals(actual);
            default -> super.same(type, expected, actual);
        };
    }

    @Override
    protected OptionalInt hiddenParts() throws Exception {
        int tables =
                database.list("SHOW TABLES LIKE '%\\\\_\\\\_wisent\\\\_g%'").size();
        return OptionalInt.of(tables + Math.toIntExact(parts()));
    }

    private long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".part")).count();
        }
    }

    @Override
    protected Optional<Unusable> unusable() {
        String user = MariaDbServer.shared().user("right");
        return Optional.of(new Unusable(
                Configured.destination(
                        new MysqlFactory(), database.keys(Map.of("username", user, "password", "wr@ng:/%"))),
                List.of("wr@ng:/%", "right")));
    }
}
