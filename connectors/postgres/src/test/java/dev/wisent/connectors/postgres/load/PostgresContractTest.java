package dev.wisent.connectors.postgres.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.DestinationContract;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Ending;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/// The contract of destinations, each test in a schema of its own.
class PostgresContractTest extends DestinationContract {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final PostgresServer.Database DATABASE = SERVER.database();

    private final String schema = PostgresServer.name();
    private Optional<FaultProxy> proxy = Optional.empty();

    @AfterEach
    void closeProxy() {
        proxy.ifPresent(FaultProxy::close);
    }

    @Override
    protected Destination open() {
        return open(Map.of());
    }

    private Destination open(Map<String, ?> more) {
        Map<String, Object> keys = new LinkedHashMap<>(more);
        keys.put("schema", schema);
        return Configured.destination(new PostgresFactory(), DATABASE.keys(keys));
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws SQLException {
        String table = "\"" + schema + "\".\"" + target.name() + "\"";
        if (DATABASE.ask("SELECT to_regclass('" + table + "') IS NULL").equals("t")) {
            return List.of();
        }
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
            try (ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
                List<Map<String, String>> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(texts(row));
                }
                return rows;
            }
        }
    }

    private static Map<String, String> texts(ResultSet row) throws SQLException {
        Map<String, String> texts = new LinkedHashMap<>();
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String text = row.getString(i);
            if (text != null) {
                texts.put(columns.getColumnLabel(i), text(columns.getColumnTypeName(i), text));
            }
        }
        return texts;
    }

    private static String text(String type, String text) {
        return switch (type) {
            case "bool" -> text.equals("t") ? "true" : "false";
            case "bytea" -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text.substring(2)));
            case "timestamptz" -> text.replace("+00", "Z");
            case "timestamp" -> text.replace(' ', 'T');
            case "_text" -> text.replace("{x,NULL}", "[\"x\",null]");
            default -> text;
        };
    }

    @Override
    protected Set<String> refusedValues() {
        return Set.of("string nothingU+0000ends");
    }

    @Override
    protected boolean same(DataType type, String expected, String actual) {
        return type instanceof DataType.Timestamp
                ? super.same(type, expected, actual.replace(' ', 'T'))
                : super.same(type, expected, actual);
    }

    @Override
    protected Optional<Trouble> trouble() {
        FaultProxy between = FaultProxy.to("localhost", SERVER.port());
        proxy = Optional.of(between);
        Destination through = open(Map.of("host", between.host(), "port", between.port()));
        return Optional.of(new Trouble(
                through, () -> between.set(Direction.TO_CLIENT, new Fault.EndAfter(0, Ending.RESET)), between::heal));
    }

    @Override
    protected Optional<Unusable> unusable() {
        String role = PostgresServer.name();
        SERVER.role(role, "the right one");
        String password = "p@ss/w:rd%25";
        return Optional.of(new Unusable(open(Map.of("username", role, "password", password)), List.of(password)));
    }
}
