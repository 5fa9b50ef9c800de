/// Connections to servers that notice when nobody is at the other end any more.
package dev.wisent.connectors.sql.net;
