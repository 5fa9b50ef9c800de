/// Ships what writers hand over: threads and byte share for their I/O (R10).
package dev.wisent.engine.internal.ship;
