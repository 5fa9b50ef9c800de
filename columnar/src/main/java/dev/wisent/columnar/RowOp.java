package dev.wisent.columnar;

/// What a row does to its target. A batch without operations holds inserts only.
public enum RowOp {
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE
}
