/// The transform `jq`: each record goes through a jq program by itself. Start reading at [JqStep]; [JqProgram] is the
/// compiled program, and what it must not do.
package dev.wisent.connectors.transformjq;
