package dev.wisent.api.commit;

import dev.wisent.api.SplitId;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where splits stand, in the order of their ids: a map that nobody changes, and that holds a million splits in some
/// 20 to 50 MB. Exact: whole ids are kept and compared. A look-up takes about a microsecond; going through all makes
/// one entry at a time. Any thread.
public final class SplitMap extends AbstractMap<SplitId, SplitView> {
    public static final SplitMap EMPTY = new SplitMap(new SplitBlock[0], 0, 0);

    private final SplitBlock[] blocks;
    private final int used;
    private final int size;

    SplitMap(SplitBlock[] blocks, int used, int size) {
        this.blocks = blocks;
        this.used = used;
        this.size = size;
    }

    /// `map` itself, if it is one.
    public static SplitMap copyOf(Map<SplitId, SplitView> map) {
        if (map instanceof SplitMap packed) {
            return packed;
        }
        if (map.isEmpty()) {
            return EMPTY;
        }
        Splits splits = new Splits();
        map.forEach(splits::put);
        return splits.map();
    }

    SplitBlock[] blocks() {
        return blocks;
    }

    int used() {
        return used;
    }

    /// The last block that may hold `key`; -1: it is less than all.
    static int blockOf(byte[] key, SplitBlock[] blocks, int used) {
        int low = 0;
        int high = used - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            SplitBlock.Cursor first = blocks[middle].cursor();
            first.next();
            if (first.compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    static Optional<SplitView> find(SplitId split, SplitBlock[] blocks, int used) {
        byte[] key = SplitKey.of(split.value());
        int block = blockOf(key, blocks, used);
        return block < 0 ? Optional.empty() : blocks[block].find(key);
    }

    public Optional<SplitView> find(SplitId split) {
        return find(split, blocks, used);
    }

    /// The ids that begin with `prefix`, in order.
    public List<SplitId> startingWith(String prefix) {
        byte[] key = SplitKey.of(prefix);
        List<SplitId> found = new ArrayList<>();
        for (int block = Math.max(0, blockOf(key, blocks, used)); block < used; block++) {
            SplitBlock.Cursor cursor = blocks[block].cursor();
            while (cursor.next()) {
                if (cursor.startsWith(key)) {
                    found.add(cursor.id());
                } else if (cursor.compareTo(key) > 0) {
                    return found;
                }
            }
        }
        return found;
    }

    /// This and `other`, which wins.
    public SplitMap plus(SplitMap other) {
        Splits both = new Splits(this);
        both.putAll(other);
        return both.map();
    }

    @Override
    public @Nullable SplitView get(@Nullable Object key) {
        return key instanceof SplitId split ? find(split).orElse(null) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof SplitId split && find(split).isPresent();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Map.Entry<SplitId, SplitView>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<SplitId, SplitView>> iterator() {
                return new Entries();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<SplitId, SplitView>> {
        private final SplitWalk walk = new SplitWalk(SplitMap.this);

        @Override
        public boolean hasNext() {
            return walk.isAtEntry();
        }

        @Override
        public Map.Entry<SplitId, SplitView> next() {
            if (!walk.isAtEntry()) {
                throw new NoSuchElementException();
            }
            SplitBlock.Cursor cursor = walk.cursor();
            Map.Entry<SplitId, SplitView> entry = Map.entry(cursor.id(), cursor.view());
            walk.advance();
            return entry;
        }
    }
}
