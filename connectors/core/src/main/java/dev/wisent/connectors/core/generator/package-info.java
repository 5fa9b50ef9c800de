/// Seeded orders, any count and size: a source without I/O, for tests, demonstrations and measurements. A chunk is only
/// the description of a page;
/// the decoder makes its rows in place. Start reading at [GeneratorSource].
package dev.wisent.connectors.core.generator;
