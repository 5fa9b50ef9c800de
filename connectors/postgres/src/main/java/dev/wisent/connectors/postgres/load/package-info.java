/// PostgreSQL as a destination. Rows go from their columns into COPY's binary format: [CopyEncoder].
package dev.wisent.connectors.postgres.load;
