/// The commands. Each is a [dev.wisent.cli.internal.command.Command]: what it takes, and what it does in a
/// [dev.wisent.cli.internal.command.Shell].
/// Start reading at [CommandTree].
package dev.wisent.cli.internal.command;
