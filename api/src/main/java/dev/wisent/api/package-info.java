/// The words everything else is built from: streams, targets, splits, positions, rejects, counts. Experimental until
/// the lake, database and
/// queue families pass their tests against it.
///
/// [dev.wisent.api.source] is what a source implements, [dev.wisent.api.destination] what a destination implements,
/// [dev.wisent.api.commit] what
/// passes between engine and destination and the one set of rules both follow, [dev.wisent.api.error] how failures
/// are told.
package dev.wisent.api;
