package dev.wisent.columnar;

/// Whether a field may lack a value.
public enum Nullability {
    NULLABLE,
    REQUIRED
}
