/// What every runner must hold, as tests to inherit: [RunnerContract]. Whole runs in this process, from a source and into a
/// destination in memory.
package dev.wisent.testkit.runner;
