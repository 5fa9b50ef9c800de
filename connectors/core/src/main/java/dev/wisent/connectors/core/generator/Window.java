package dev.wisent.connectors.core.generator;

import dev.wisent.api.StreamState;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a run covers, decided once and stored with its generation: the ids after `after` up to `to`, as the
/// `counter`-th window.
record Window(long after, long to, long counter) {
    private static final Pattern JSON = Pattern.compile("\\{\"after\":(\\d+),\"to\":(\\d+),\"counter\":(\\d+)}");

    StreamState state() {
        return new StreamState("{\"after\":" + after + ",\"to\":" + to + ",\"counter\":" + counter + "}");
    }

    static Window of(StreamState state) {
        Matcher parts = JSON.matcher(state.json());
        if (!parts.matches()) {
            throw new IllegalArgumentException("no state of the generator: " + state.json());
        }
        return new Window(
                Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }
}
