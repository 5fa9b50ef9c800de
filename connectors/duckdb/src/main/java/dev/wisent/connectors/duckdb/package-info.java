/// DuckDB's files: how one is opened, its names and its types.
package dev.wisent.connectors.duckdb;
