/// The machine's hosts for tasks: a thread for each ([ThreadHost], runner `thread`), or one thread for all that compute and
/// commit ([SingleThreadHost], runner `stream`). Fetching is on virtual threads in both.
package dev.wisent.engine.internal.host;
