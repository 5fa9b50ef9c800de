package dev.wisent.connectors.postgres.read;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.Reads;
import dev.wisent.connectors.sql.cursor.CursorLagContract;

class CursorLagTest extends CursorLagContract {
    private final PostgresServer.Database database = PostgresServer.shared().database();

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
        return "timestamptz";
    }
}
