/// The `logger` destination: shows rows to people. Start reading at [LoggerDestination].
package dev.wisent.connectors.core.logger;
