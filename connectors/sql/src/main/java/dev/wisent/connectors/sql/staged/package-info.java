/// Destinations in one file, as DuckDB and SQLite: rows wait in parts beside the database, which outlive their writer, and
/// come into its tables by the transaction that stores the progress. Nothing holds a lock of the database between commits.
/// A family implements [StagedDatabase] and writes the parts; start reading at [StagedDestination].
package dev.wisent.connectors.sql.staged;
