package dev.wisent.connectors.sql;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.sql.SQLException;

/// A real database without a server. Connections begin their transactions IMMEDIATE.
final class SqliteDialect implements SqlDialect {
    @Override
    public String table(String name) {
        return '"' + name + '"';
    }

    @Override
    public String keyType() {
        return "TEXT";
    }

    @Override
    public String textType() {
        return "TEXT";
    }

    @Override
    public String forUpdate() {
        return "";
    }

    @Override
    public WisentException failure(SQLException cause, String what) {
        return WisentException.of(ErrorCode.WRITE_FAILED, what + ": " + cause.getMessage())
                .causedBy(cause);
    }

    @Override
    public boolean leavesOpen(SQLException cause) {
        return false;
    }
}
