package dev.wisent.api.commit;

import dev.wisent.api.Position;

/// How far a split is committed.
public record SplitView(Position position, boolean finished) {}
