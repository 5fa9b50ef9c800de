package dev.wisent.connectors.sql.read;

import dev.wisent.columnar.DataType;

/// Which columns may say what is new.
final class CursorTypes {
    private CursorTypes() {}

    static boolean isCandidate(DataType type) {
        return switch (type) {
            case DataType.Int i -> true;
            case DataType.Date d -> true;
            case DataType.Timestamp t -> true;
            case DataType.TimestampNtz t -> true;
            default -> false;
        };
    }
}
