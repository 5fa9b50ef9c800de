/// What the families of databases share: the progress of streams in tables of the destination itself, and the one way in
/// which commits are decided there. Not a family: each database's family brings it along.
package dev.wisent.connectors.sql;
