/// One run of one stream. [StreamRun] claims, begins, plans and publishes; a [Worker] decodes and writes the splits
/// it serves and makes cuts;
/// a [LaneCommitter] turns cuts into commits, one at a time; a [Fetcher] reads ahead. They share nothing but
/// mailboxes and byte shares, and work in
/// turns ([dev.wisent.engine.internal.task.Task]), so the simulation runs this very code. Start reading at
/// [StreamRun].
package dev.wisent.engine.internal.run;
