package dev.wisent.connectors.mysql.load;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.staged.ServerChildTablesKills;
import java.nio.file.Path;

class MysqlChildTablesKillsTest extends ServerChildTablesKills {
    private final MariaDbServer server = MariaDbServer.shared();

    @Override
    protected Place place(Path working) {
        MariaDbServer.Database database = server.database();
        String user = server.user("secret");
        database.run("GRANT ALL ON " + database.name() + ".* TO " + user);
        return new Place(
                database::connect,
                "name: mysql, config: {host: 127.0.0.1, port: %d, database: %s, username: %s, password: secret, parts: \"%s/parts\""
                        .formatted(server.port(), database.name(), user, working),
                database.name() + ".");
    }
}
