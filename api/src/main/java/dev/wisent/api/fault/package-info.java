/// Named places where a test kills, stops or delays the process, to prove that a rerun finishes the work exactly
/// once.
package dev.wisent.api.fault;
