/// Schema registries, Confluent's and Apicurio's: [dev.wisent.connectors.kafka.registry.SchemaIds] finds the id of the schema a
/// message was written with, [dev.wisent.connectors.kafka.registry.Schemas] the schema.
package dev.wisent.connectors.kafka.registry;
