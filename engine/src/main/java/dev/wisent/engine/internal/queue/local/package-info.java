/// The queue `memory` between processes: [dev.wisent.engine.internal.queue.local.ServedQueue] in the one that extracts,
/// [dev.wisent.engine.internal.queue.local.RemoteQueue] in those that load, [dev.wisent.engine.internal.queue.local.Wire]
/// between them. Start reading at [dev.wisent.engine.internal.queue.local.HeldLane].
package dev.wisent.engine.internal.queue.local;
