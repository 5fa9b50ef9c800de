/// Parquet. The thread that fetches reads the footer and the wanted column chunks, a row group at a time; the worker takes
/// the pages apart and has parquet-java read their values into columns. Start reading at [ParquetFormat].
package dev.wisent.connectors.formats.parquet;
