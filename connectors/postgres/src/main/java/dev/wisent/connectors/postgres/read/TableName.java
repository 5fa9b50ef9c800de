package dev.wisent.connectors.postgres.read;

/// `schema.table`, or `table`, which is in `public`. What stands behind the first dot is the table's name, dots and all.
record TableName(String schema, String table) {
    static TableName parse(String stream) {
        int dot = stream.indexOf('.');
        return dot < 0
                ? new TableName(Relation.STANDARD_SCHEMA, stream)
                : new TableName(stream.substring(0, dot), stream.substring(dot + 1));
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
