package dev.wisent.connectors.postgres.load;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.staged.ServerChildTablesKills;
import java.nio.file.Path;

class ChildTablesKillsTest extends ServerChildTablesKills {
    private final PostgresServer.Database database = PostgresServer.shared().database();

    @Override
    protected Place place(Path working) {
        String schema = PostgresServer.name();
        return new Place(
                database::connect,
                "name: postgres, config: {host: localhost, port: %d, database: %s, username: postgres, schema: %s"
                        .formatted(PostgresServer.shared().port(), database.name(), schema),
                schema + ".");
    }
}
