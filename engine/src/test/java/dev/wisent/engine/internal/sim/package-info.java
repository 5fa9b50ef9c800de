/// The engine's core under a seeded scheduler: virtual clock, crashes at any step, zombies that wake up late, answers that get
/// lost or arrive later.
/// The engine is the real one; sources, destinations and the machine are simulated. Start reading at [World].
package dev.wisent.engine.internal.sim;
