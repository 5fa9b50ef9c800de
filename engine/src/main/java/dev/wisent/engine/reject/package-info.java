/// Rejects that were kept: [dev.wisent.engine.reject.KeptRejects] reads their files, [dev.wisent.engine.reject.Replay] runs
/// them again.
package dev.wisent.engine.reject;
