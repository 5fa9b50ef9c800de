package dev.wisent.engine.internal.queue;

import dev.wisent.api.SplitId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// How an extraction ended, in the end marker of each of its strands.
///
/// @param outcome only after [Outcome#COMPLETE] a generation is published
/// @param strands all strands of the extraction, of every lane: complete is what has finished them all
record End(Outcome outcome, List<SplitId> strands) {
    enum Outcome {
        COMPLETE,
        /// Stopped by a signal, or by `max_iterations`.
        STOPPED,
        FAILED
    }

    byte[] bytes() {
        List<String> lines = new ArrayList<>();
        lines.add(outcome.name());
        strands.forEach(strand -> lines.add(strand.value()));
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    static End of(String text) {
        List<String> lines = text.lines().toList();
        return new End(
                Outcome.valueOf(lines.getFirst()),
                lines.stream().skip(1).map(SplitId::new).toList());
    }
}
