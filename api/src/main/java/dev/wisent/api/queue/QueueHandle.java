package dev.wisent.api.queue;

/// A queue as it was configured, not open yet. Holds nothing that has to be closed; safe for several threads.
public interface QueueHandle {
    /// Kind and place, for people, without secrets: `rabbitmq, localhost:5672, queue orders`.
    String location();

    /// Connects, and makes the lanes that are not there.
    MessageQueue open(QueueRequest request);

    /// Proves that the queue can be reached and that we are let in; changes nothing that stays.
    void check();
}
