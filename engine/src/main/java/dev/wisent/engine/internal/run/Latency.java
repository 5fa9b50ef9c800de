package dev.wisent.engine.internal.run;

import java.util.ArrayList;
import java.util.List;

/// When the rows of a cut came about: pairs of source time (µs) and row count. Turned into a histogram when the cut
/// is committed.
final class Latency {
    record Sample(long atMicros, long rows) {}

    private final List<Sample> samples = new ArrayList<>();

    void add(long atMicros, long rows) {
        if (!samples.isEmpty() && samples.getLast().atMicros == atMicros) {
            samples.set(samples.size() - 1, new Sample(atMicros, samples.getLast().rows + rows));
        } else {
            samples.add(new Sample(atMicros, rows));
        }
    }

    List<Sample> take() {
        List<Sample> taken = List.copyOf(samples);
        samples.clear();
        return taken;
    }
}
