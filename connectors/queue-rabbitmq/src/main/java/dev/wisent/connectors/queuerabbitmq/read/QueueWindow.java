package dev.wisent.connectors.queuerabbitmq.read;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.source.Split;
import java.util.Optional;
import java.util.OptionalLong;

/// A stretch of what comes of a queue: a split. The next one of a queue goes on with the ids that the last one ended with.
///
/// @param number of the stretches of a queue, from 1
/// @param before the token of the stretch before it
record QueueWindow(String queue, long number, Until until, String before) {
    enum Until {
        /// The queue is empty.
        EMPTY,
        STOPPED
    }

    private static final String PREFIX = "amqp:";
    private static final String BETWEEN = ":";
    private static final String FIELDS = "\n";

    /// What the id of a split says.
    record Name(String queue, long number) {
        /// Empty: no id of a window.
        static Optional<Name> of(SplitId id) {
            String[] parts = id.value().split(BETWEEN, 3);
            return parts.length == 3 && id.value().startsWith(PREFIX)
                    ? Optional.of(new Name(parts[2], Long.parseLong(parts[1])))
                    : Optional.empty();
        }
    }

    static QueueWindow of(Split split) {
        Name name = Name.of(split.id()).orElseThrow(() -> new IllegalArgumentException("a split of another source"));
        String[] fields = split.spec().split(FIELDS, -1);
        return new QueueWindow(name.queue(), name.number(), Until.valueOf(fields[0]), fields[1]);
    }

    Split split() {
        return new Split(
                new SplitId(PREFIX + number + BETWEEN + queue),
                "queue " + queue,
                until + FIELDS + before,
                OptionalLong.empty());
    }

    /// The ids that are known where it stands at `after`.
    String known(Position after) {
        return after.equals(Position.START) ? before : after.token();
    }
}
