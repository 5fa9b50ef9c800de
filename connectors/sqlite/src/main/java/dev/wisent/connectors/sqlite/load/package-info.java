/// Rows into tables of a SQLite file: parts that are SQLite files themselves, brought in by the transaction that stores the
/// progress, so the database is locked for that long only. Start reading at [SqliteDatabase]; what it has in common with others
/// is in [dev.wisent.connectors.sql.staged].
package dev.wisent.connectors.sqlite.load;
