/// The connectors that need no service: the sources `dummy`, `generator` and `files`, the destinations `logger` and
/// `file`. A package each;
/// start reading at its factory.
package dev.wisent.connectors.core;
