package dev.wisent.api.queue;

/// What a queue is opened for.
///
/// @param job pipeline and stream, as one text that is the same on every machine; a queue that several jobs share keeps their
///     lanes apart by it
/// @param lanes how many lanes there are; the same for all who open the queue for this job
public record QueueRequest(String job, int lanes) {}
