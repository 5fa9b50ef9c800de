/// Tables of any database whose JDBC driver somebody put into `plugins/`. Start reading at [JdbcDatabase]; how tables are read,
/// chunk by chunk, is in [dev.wisent.connectors.sql.read].
package dev.wisent.connectors.jdbc;
