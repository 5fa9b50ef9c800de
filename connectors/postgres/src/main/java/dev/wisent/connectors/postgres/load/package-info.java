/// PostgreSQL as a destination. Rows go from their columns into COPY's binary format ([CopyEncoder]) and over a connection
/// whose transaction stays open until the commit ([CopySession]); the progress is written in that same transaction.
/// Start reading at [PostgresDestination].
package dev.wisent.connectors.postgres.load;
