package dev.wisent.api.commit;

import dev.wisent.api.LaneId;
import java.util.Map;
import java.util.Optional;

/// What a destination knows of a stream: a plain read that may be behind and never decides anything.
public record ProgressView(Map<LaneId, LaneView> lanes, GenerationView live, Optional<OpenGeneration> open) {
    public static final ProgressView EMPTY = new ProgressView(Map.of(), GenerationView.EMPTY, Optional.empty());

    public LaneView lane(LaneId lane) {
        return lanes.getOrDefault(lane, LaneView.UNTOUCHED);
    }
}
