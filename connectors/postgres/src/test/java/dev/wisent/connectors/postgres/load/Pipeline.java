package dev.wisent.connectors.postgres.load;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A pipeline into a schema of its own, run from the command line in JVMs of their own.
final class Pipeline {
    static final PostgresServer SERVER = PostgresServer.shared();
    static final PostgresServer.Database DATABASE = SERVER.database();

    final String schema = PostgresServer.name();
    private final Path folder;
    private final String host;
    private final int port;
    private String login = "username: postgres";

    Pipeline(Path folder) {
        this(folder, "localhost", SERVER.port());
    }

    /// @param port where the server is reached, perhaps through something
    Pipeline(Path folder, String host, int port) {
        this.folder = folder;
        this.host = host;
        this.port = port;
    }

    /// `wisent run` of a pipeline from `source` to table `orders`, with more keys of the destination's.
    ChildCommand of(String source, String more) {
        return of(source, more, "");
    }

    ChildCommand of(String source, String more, String engine) {
        write(folder.resolve("pipeline.yml"), """
                name: %s
                source: {%s}
                destination: {name: postgres, config: {host: "%s", port: %d, database: %s, %s, schema: %s,
                  destination_id: orders, commit_interval: 0.1%s}}
                %s
                """.formatted(
                        schema, source, host, port, DATABASE.name(), login, schema, more, engine));
        return ChildCommand.run(folder, "pipeline.yml");
    }

    Pipeline as(String role, String password) {
        login = "username: " + role + ", password: \"" + password + "\"";
        return this;
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String table() {
        return schema + ".orders";
    }

    long rows() {
        return Long.parseLong(DATABASE.ask("SELECT count(*) FROM " + table()));
    }

    /// What the table holds.
    RowBag bag() {
        RowBag bag = new RowBag();
        DATABASE.list("SELECT o::text FROM " + table() + " o").forEach(bag::add);
        return bag;
    }

    /// Hidden tables that are left.
    String hidden() {
        return DATABASE.ask("SELECT count(*) FROM pg_tables WHERE schemaname = '" + schema
                + "' AND tablename LIKE '%\\_\\_wisent\\_%'");
    }
}
