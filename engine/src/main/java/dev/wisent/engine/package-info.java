/// The engine: runs a [Pipeline] and says how it ended. Start reading at [PipelineRun]; the core it drives is `internal.run`.
package dev.wisent.engine;
