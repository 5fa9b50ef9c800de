package dev.wisent.api.commit;

import java.util.List;

/// Goes through all splits of a map, in order. One thread.
final class SplitWalk {
    private final SplitBlock[] blocks;
    private final int used;
    private int block;
    private SplitBlock.Cursor cursor;
    private boolean atEntry;

    SplitWalk(SplitMap map) {
        blocks = map.blocks();
        used = map.used();
        cursor = used > 0 ? blocks[0].cursor() : SplitBlock.of(List.of()).cursor();
        advance();
    }

    /// False: all were seen.
    boolean isAtEntry() {
        return atEntry;
    }

    /// The entry at hand, until [#advance].
    SplitBlock.Cursor cursor() {
        return cursor;
    }

    void advance() {
        atEntry = cursor.next();
        while (!atEntry && ++block < used) {
            cursor = blocks[block].cursor();
            atEntry = cursor.next();
        }
    }
}
