/// What a source implements. A [Planner] cuts a stream into splits, a [SplitReader] fetches chunks of them, a
/// [Decoder] turns one split's chunks
/// into batches. Start reading at [Source].
package dev.wisent.api.source;
