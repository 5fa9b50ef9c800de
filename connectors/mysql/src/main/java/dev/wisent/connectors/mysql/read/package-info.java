/// Tables, views and queries of MySQL and MariaDB as streams. A table with a unique key is cut into ranges of it, and each
/// range is read by statements that are transactions of their own, each going on after the last row's key. Start reading at
/// [MysqlSource].
package dev.wisent.connectors.mysql.read;
