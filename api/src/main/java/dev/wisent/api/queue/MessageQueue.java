package dev.wisent.api.queue;

/// The lanes of one stream, numbered from 0. Made by [QueueHandle#open]. Any thread, [LaneReader]s excepted.
///
/// Within a lane messages come out in the order in which their publishing was answered; those that come out again, in any
/// order. A message may come out more than once, and never with other bytes. What is not acknowledged comes out
/// again, whoever died;
/// what was published comes out, whoever died
/// after the answer, unless the queue says ([#isDurable]) that it lives in one process only.
public interface MessageQueue extends AutoCloseable {
    /// The longest message it takes, in bytes.
    int mostBytes();

    /// Whether messages outlive the process that published them.
    boolean isDurable();

    /// Puts `message` behind those of `lane`. Returns when the queue has it for good. Fails with a
    /// [dev.wisent.api.error.WisentException]: after a transient one nobody knows whether the message is in, and publishing it
    /// again is always allowed.
    ///
    /// A queue that is full waits a little for room, then fails so, too.
    void publish(int lane, byte[] message);

    /// A reader of `lane`. One reader of a lane at a time gets messages: another one, of this process or of any, may be kept
    /// waiting until the first is closed or gone, or be given what the first did not acknowledge.
    LaneReader read(int lane);

    @Override
    void close();
}
