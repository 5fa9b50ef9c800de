/// Tables of a DuckDB file as streams. Start reading at [DuckDbTables].
package dev.wisent.connectors.duckdb.read;
