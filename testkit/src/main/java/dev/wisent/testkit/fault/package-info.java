/// A network that fails on demand: [FaultProxy] stands between a client and a real service.
package dev.wisent.testkit.fault;
