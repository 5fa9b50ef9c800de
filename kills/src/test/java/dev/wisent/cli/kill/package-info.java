/// Runs in child processes that are killed, stopped, woken, starved of memory and disk; what must hold afterwards.
package dev.wisent.cli.kill;
