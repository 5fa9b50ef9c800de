/// The command line. [Main] is where the process starts.
package dev.wisent.cli;
