/// What a run leaves for people and for other runs: leases, run records, copies of progress. Never decides what was
/// written: the destination does.
/// Start reading at [StateStore].
package dev.wisent.api.state;
