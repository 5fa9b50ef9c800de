package dev.wisent.engine.internal.run;

import dev.wisent.api.LaneId;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitMap;
import dev.wisent.api.commit.Splits;
import java.util.List;

/// Names of strands, under which the loader's progress through a queue is kept beside that of the splits: one for each worker
/// of an extraction and lane. They are the engine's own, so sources never see them.
public final class Strands {
    private static final String PREFIX = "queue:";

    private Strands() {}

    /// Strand `strand` of `lane` in the extraction that the claim `epoch` began.
    public static SplitId of(LaneId lane, long epoch, int strand) {
        return new SplitId(prefix(lane, epoch) + strand);
    }

    public static String prefix(LaneId lane, long epoch) {
        return prefix(lane) + epoch + ":";
    }

    public static String prefix(LaneId lane) {
        return PREFIX + lane.number() + ":";
    }

    public static boolean isOne(SplitId split) {
        return split.value().startsWith(PREFIX);
    }

    /// The strands in `content`, of whatever extraction.
    public static List<SplitId> in(GenerationView content) {
        return content.startingWith(PREFIX);
    }

    /// `content` as its source knows it.
    public static GenerationView without(GenerationView content) {
        List<SplitId> strands = in(content);
        if (strands.isEmpty()) {
            return content;
        }
        Splits own = new Splits(SplitMap.copyOf(content.splits()));
        strands.forEach(own::remove);
        return content.withSplits(own.map());
    }
}
