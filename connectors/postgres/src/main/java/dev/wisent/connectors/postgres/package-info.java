/// PostgreSQL: tables read from (`read`), and loaded into (`load`). Here is what both share: where a database is
/// ([Address], [ConnectionKeys]), a connection whose settings are ours ([Session]), failures in our words
/// ([PostgresFailure]), and which type is which ([PostgresType]).
package dev.wisent.connectors.postgres;
