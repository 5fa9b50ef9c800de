/// What happens to decoded rows before they are written: routing to targets, the envelope around schemaless records, unnesting
/// into declared columns.
/// Start reading at [Shapers].
package dev.wisent.engine.internal.shape;
