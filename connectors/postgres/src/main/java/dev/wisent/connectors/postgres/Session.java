package dev.wisent.connectors.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/// Connections whose settings are the same whatever the server, the role and this machine are set to: times in UTC, texts
/// of dates and intervals in ISO 8601, all digits of floats. `search_path`, row security and the timeouts of the role stay
/// as they are.
public final class Session {
    private static final String SETTINGS = """
            SET TIME ZONE 'UTC';
            SET DateStyle = 'ISO, YMD';
            SET IntervalStyle = 'iso_8601';
            SET extra_float_digits = 3;
            SET bytea_output = 'hex';
            SET application_name = '%s'""";

    private Session() {}

    /// A connection, with autocommit on. It is the caller's to close.
    ///
    /// @param name what the server's views show it as: `wisent`, and what it is for
    public static Connection open(Address address, String name) throws SQLException {
        Connection connection = Optional.ofNullable(new Driver().connect(address.jdbc(), address.properties()))
                .orElseThrow(() -> new SQLException("the driver does not take this address"));
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS.formatted(name.replace("'", "''")));
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /// What the driver can do beyond JDBC: COPY, the number of the server's process.
    public static PGConnection driver(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    /// An identifier as SQL spells it.
    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /// A text as SQL spells it.
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }
}
