/// The logs that runs leave behind. A run's [RunLog] takes each event the console is told, at every level, and writes it as a
/// line of JSON at once;
/// [LogFolder] finds the logs again and drops old ones, [LogReader] reads one that may still grow, [LogText] shows events to
/// people.
package dev.wisent.cli.internal.log;
