/// What people do with a table between runs: look at its versions, and remove files nobody needs.
package dev.wisent.connectors.delta.lake;
