/// Makes a full destination of one that only takes batches.
package dev.wisent.engine.internal.adapt;
