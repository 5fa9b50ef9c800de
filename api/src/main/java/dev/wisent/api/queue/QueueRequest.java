package dev.wisent.api.queue;

import java.util.function.Consumer;

/// What a queue is opened for.
///
/// @param job pipeline and stream, as one text that is the same on every machine; a queue that several jobs share keeps their
///     lanes apart by it
/// @param lanes how many lanes there are; the same for all who open the queue for this job
/// @param part what this process is going to do with it: a queue may make itself ready for that, and allows the rest, too
/// @param warn tells people of what costs time and no message, at once; any thread, must not wait
public record QueueRequest(String job, int lanes, Part part, Consumer<String> warn) {
    /// Who opens a queue.
    public enum Part {
        BOTH,
        PUBLISH,
        READ
    }

    /// For both; nobody listens to warnings.
    public QueueRequest(String job, int lanes) {
        this(job, lanes, Part.BOTH, text -> {});
    }
}
