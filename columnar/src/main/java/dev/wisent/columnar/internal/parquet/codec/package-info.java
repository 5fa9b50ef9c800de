/// Compression of pages. Libraries with native code are touched only when their codec is asked for.
package dev.wisent.columnar.internal.parquet.codec;
