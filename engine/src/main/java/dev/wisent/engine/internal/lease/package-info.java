/// What a run tells the state store: its lease, its record, a copy of its progress. Nothing here decides what was written.
package dev.wisent.engine.internal.lease;
