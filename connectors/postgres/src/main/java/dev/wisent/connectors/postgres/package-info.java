/// PostgreSQL: tables read from, and loaded into.
package dev.wisent.connectors.postgres;
