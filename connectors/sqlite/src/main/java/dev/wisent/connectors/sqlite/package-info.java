/// SQLite's files: how one is opened, and its types.
package dev.wisent.connectors.sqlite;
