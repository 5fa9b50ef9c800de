/// A source that needs nothing: five creatures or five plants on three pages, as Bizon's. Start reading at
/// [DummySource].
package dev.wisent.connectors.core.dummy;
