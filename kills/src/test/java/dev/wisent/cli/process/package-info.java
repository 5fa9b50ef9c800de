/// The runner `process`, and the queue between its processes when there is no broker.
package dev.wisent.cli.process;
