/// What Wisent keeps beside a table's log: one small object for each commit, put together now and then into a base.
///
/// ```
/// _wisent/<application>/c<n>-<digest>.json    commit n: the [dev.wisent.api.commit.Commit] and where to find those before it
/// _wisent/<application>/b<n>-<digest>.ndjson  all commits up to n put together, one JSON object a line; the last is their
/// number
/// ```
///
/// A log entry with `txn(application, n)` and `txn(application#state, digest)` decides which of the objects count; one that
/// no entry names is an orphan of a commit that was refused.
package dev.wisent.connectors.delta.state;
