/// Avro's object container files. The thread that fetches cuts the file into blocks; the worker unpacks a block and reads
/// its records into columns. Start reading at [AvroFormat].
package dev.wisent.connectors.formats.avro;
