/// Configuration as a tree that remembers where each value stands. A part of the program reads its section through
/// [ConfigSection], which collects
/// every problem, so that all are told at once. How YAML becomes this tree is the command line's matter.
package dev.wisent.api.config;
