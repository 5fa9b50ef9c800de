/// Schemas from samples. A [dev.wisent.columnar.internal.infer.Shape] collects what the values of one place are;
/// [dev.wisent.columnar.internal.infer.JsonShapes] and [dev.wisent.columnar.internal.infer.CellShapes] feed it.
package dev.wisent.columnar.internal.infer;
