/// Work in small turns. A [Task] does a bit and says when it wants to go on; a [Host] decides who goes next:
/// threads of the machine, one thread for
/// all, or the seeded scheduler of the simulation. So the same engine runs in production and under the simulation,
/// turn by turn.
package dev.wisent.engine.internal.task;
