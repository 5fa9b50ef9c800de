/// Tables of a SQLite file as streams. Start reading at [SqliteTables].
package dev.wisent.connectors.sqlite.read;
