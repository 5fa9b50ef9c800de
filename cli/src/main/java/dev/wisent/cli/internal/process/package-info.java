/// The runner `process`: extraction and loading in JVMs of their own, started and watched by the one the user started. Start
/// reading at [dev.wisent.cli.internal.process.Supervisor].
package dev.wisent.cli.internal.process;
