/// Tables of databases without a server, read through JDBC: a table is one split, read in the order of its key, each row's key
/// being the position. Start reading at [TableSource]; a family implements [ReadDatabase].
package dev.wisent.connectors.sql.read;
