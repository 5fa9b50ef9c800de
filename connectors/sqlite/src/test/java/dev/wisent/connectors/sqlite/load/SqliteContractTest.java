package dev.wisent.connectors.sqlite.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sqlite.SqliteReader;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class SqliteContractTest extends DestinationContract {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("shop.db");
    }

    @Override
    protected Destination open() {
        return Configured.destination(new SqliteFactory(), Map.of("database", file().toString()));
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws Exception {
        SqliteReader reader = new SqliteReader(file());
        List<Map<String, String>> columns = Files.exists(file())
                ? reader.rows("SELECT name, type FROM pragma_table_info('" + target.name() + "')")
                : List.of();
        if (columns.isEmpty()) {
            return List.of();
        }
        return reader.rows("SELECT "
                + columns.stream().map(SqliteContractTest::shown).collect(Collectors.joining(", ")) + " FROM \""
                + target.name() + "\"");
    }

    private static String shown(Map<String, String> column) {
        String name = "\"" + column.get("name") + "\"";
        return switch (column.getOrDefault("type", "")) {
            case "BOOLEAN" -> "CASE " + name + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END AS " + name;
            case "BLOB" -> "CASE WHEN " + name + " IS NOT NULL THEN hex(" + name + ") END AS " + name;
            default -> name;
        };
    }

    /// Times have all digits of their microseconds; bytes are read as hexadecimal digits.
    @Override
    protected Set<String> refusedValues() {
        return Set.of("float32 NaN", "float64 NaN");
    }

    @Override
    protected boolean same(DataType type, String expected, String actual) {
        return switch (type) {
            case DataType.TimestampNtz at -> LocalDateTime.parse(expected).equals(LocalDateTime.parse(actual));
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
        int tables = new SqliteReader(file())
                .rows("SELECT name FROM sqlite_schema WHERE name GLOB '*__wisent_g*'")
                .size();
        return OptionalInt.of(tables + Math.toIntExact(parts()));
    }

    private long parts() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".part")).count();
        }
    }

    @Override
    protected Optional<Unusable> unusable() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no database ".repeat(1000));
        return Optional.of(new Unusable(
                Configured.destination(new SqliteFactory(), Map.of("database", text.toString())), List.of()));
    }
}
