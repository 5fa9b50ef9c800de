/// Avro's values into columns. [dev.wisent.connectors.typed.avro.AvroRecord] reads records,
/// [dev.wisent.connectors.typed.avro.Values] any type.
package dev.wisent.connectors.typed.avro;
