package dev.wisent.engine.internal.run;

import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

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
        if (content.splits().keySet().stream().noneMatch(ReplaySplits::isOne)) {
            return content;
        }
        Map<SplitId, SplitView> own = new HashMap<>(content.splits());
        own.keySet().removeIf(ReplaySplits::isOne);
        return new GenerationView(
                content.id(), own, content.schema(), content.opening(), content.counts(), content.rejects());
    }
}
