/// Formats of files that carry their types: [dev.wisent.connectors.formats.parquet.ParquetFormat] and
/// [dev.wisent.connectors.formats.avro.AvroFormat].
package dev.wisent.connectors.formats;
