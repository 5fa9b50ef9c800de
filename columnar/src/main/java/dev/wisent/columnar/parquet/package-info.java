/// Rows to Parquet files. A [ParquetEncoder] takes batches and hands the bytes of one file after another to a [ByteSink];
/// it does no I/O. What it holds in between, pages and finished columns of the row group under construction, it tells
/// ([ParquetEncoder#heldBytes]).
///
/// Start reading at [ParquetEncoder]; the way of a column is in `internal.parquet`.
package dev.wisent.columnar.parquet;
