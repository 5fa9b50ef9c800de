package dev.wisent.engine.internal.run;

import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitMap;
import dev.wisent.api.commit.Splits;
import java.nio.file.Path;
import java.util.List;

/// Names of the splits that replay rejects: one for each file of them. They are the engine's own, so sources never see them.
public final class ReplaySplits {
    private static final String PREFIX = "rejects:";

    private ReplaySplits() {}

    /// A reject file's name is unique for ever (R7), and so is its split's. The folder is left out: it may be moved.
    public static SplitId of(RejectFile file) {
        return new SplitId(PREFIX + Path.of(file.path()).getFileName());
    }

    public static boolean isOne(SplitId split) {
        return split.value().startsWith(PREFIX);
    }

    /// `content` as its source knows it.
    public static GenerationView without(GenerationView content) {
        List<SplitId> replays = content.startingWith(PREFIX);
        if (replays.isEmpty()) {
            return content;
        }
        Splits own = new Splits(SplitMap.copyOf(content.splits()));
        replays.forEach(own::remove);
        return content.withSplits(own.map());
    }
}
