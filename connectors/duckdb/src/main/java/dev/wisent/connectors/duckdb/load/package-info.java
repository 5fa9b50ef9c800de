/// Rows into tables of a DuckDB file: Parquet parts beside it, brought in by the transaction that stores the progress. Start
/// reading at [DuckDbDatabase]; what it has in common with others is in [dev.wisent.connectors.sql.staged].
package dev.wisent.connectors.duckdb.load;
