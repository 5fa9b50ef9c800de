/// Tables of MySQL and MariaDB as a destination. Rows wait in parts on this machine, which hold them as the server's literals,
/// and come into the tables by the transaction that stores the progress. Statements that make or change tables end a
/// transaction there, so they run beside it, and each is one that can be found half done and gone on from. Start reading
/// at [MysqlDatabase].
package dev.wisent.connectors.mysql.load;
