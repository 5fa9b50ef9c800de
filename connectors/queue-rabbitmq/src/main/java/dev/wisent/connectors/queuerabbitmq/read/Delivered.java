package dev.wisent.connectors.queuerabbitmq.read;

import java.util.List;

/// A message that is read for the first time, as far as is known.
///
/// @param ordinal how many of its window came up to here
/// @param identified whether it has the id that is wanted of it, if one is
record Delivered(long ordinal, Message message, Identified identified) {
    enum Identified {
        YES,
        NO
    }

    /// What a chunk carries: messages of one queue.
    record All(List<Delivered> list) {
        All {
            list = List.copyOf(list);
        }
    }
}
