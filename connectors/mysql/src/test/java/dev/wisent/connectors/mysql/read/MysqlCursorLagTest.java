package dev.wisent.connectors.mysql.read;

import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.connectors.sql.cursor.CursorLagContract;

class MysqlCursorLagTest extends CursorLagContract {
    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    @Override
    protected void run(String statement) {
        database.run(statement);
    }

    @Override
    protected Reads reads(String stream) {
        return database.reads(stream);
    }

    @Override
    protected String timeType() {
        return "datetime(6)";
    }
}
