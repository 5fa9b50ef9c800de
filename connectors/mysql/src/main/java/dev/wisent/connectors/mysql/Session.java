package dev.wisent.connectors.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.mariadb.jdbc.Driver;

/// Connections whose settings are the same whatever the server (`init_connect` among it) and this machine are set to: times in
/// UTC, texts as utf8mb4, each statement committed by itself, its rows all of them.
public final class Session {
    /// Encrypted if the server can. The driver knows no such mode.
    private static final String PREFER = "prefer";

    private static final String ALL = """
            SET SESSION time_zone = '+00:00', SESSION autocommit = 1, SESSION sql_auto_is_null = 0,
            SESSION sql_select_limit = 18446744073709551615,\s""";

    /// A query of a pipeline may rely on the server's own mode, which stays but for what changes values. Names of all columns
    /// of a key, 16 of 64 characters of up to 4 bytes, fit into what is grouped.
    private static final String READING = ALL + """
            SESSION net_write_timeout = 86400, SESSION group_concat_max_len = 8192,
            SESSION sql_mode = REPLACE(@@sql_mode, 'PAD_CHAR_TO_FULL_LENGTH', ''),
            SESSION transaction_isolation = 'REPEATABLE-READ', SESSION transaction_read_only = 1""";

    /// Identifiers in double quotes and texts without escapes, as SQL has them; what does not fit is an error, never cut.
    /// Statements see what is committed when they begin.
    private static final String WRITING = ALL + """
            SESSION lock_wait_timeout = 120, SESSION sql_safe_updates = 0,
            SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,ANSI_QUOTES,\
            NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'""";

    static {
        // It would print every failure, which is told by whoever meets it.
        System.setProperty("mariadb.logging.disable", "true");
    }

    private Session() {}

    /// A connection to read with, with autocommit on. It is the caller's to close.
    public static Connection reading(Address address) throws SQLException {
        Connection connection = open(address);
        try (Statement statement = connection.createStatement()) {
            statement.execute(isMariaDb(connection) ? READING.replace("transaction_", "tx_") : READING);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    /// A connection to write with, with autocommit on. It is the caller's to close.
    public static Connection writing(Address address) throws SQLException {
        Connection connection = open(address);
        try (Statement statement = connection.createStatement()) {
            statement.execute(WRITING);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private static Connection open(Address address) throws SQLException {
        Properties properties = address.properties();
        if (!properties.getProperty(Address.SSL_MODE, PREFER).equals(PREFER)) {
            return connected(address, properties);
        }
        try {
            properties.setProperty(Address.SSL_MODE, "trust");
            return connected(address, properties);
        } catch (SQLException failed) {
            if (!String.valueOf(failed.getMessage()).contains("ssl not enabled in the server")) {
                throw failed;
            }
            properties.setProperty(Address.SSL_MODE, "disable");
            return connected(address, properties);
        }
    }

    private static Connection connected(Address address, Properties properties) throws SQLException {
        return Optional.<Connection>ofNullable(new Driver().connect(address.jdbc(), properties))
                .orElseThrow(() -> new SQLException("the driver does not take this address"));
    }

    /// Whether the server is MariaDB, else MySQL.
    public static boolean isMariaDb(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
    }

    /// An identifier as statements to read spell it.
    public static String quoted(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }
}
