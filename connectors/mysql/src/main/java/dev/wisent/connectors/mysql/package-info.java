/// MySQL and MariaDB: how a connection is made, and what the server's failures mean. Rows are read in `read` and loaded in
/// `load`.
package dev.wisent.connectors.mysql;
