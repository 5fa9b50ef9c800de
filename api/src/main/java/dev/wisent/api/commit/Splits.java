package dev.wisent.api.commit;

import dev.wisent.api.SplitId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Splits and where they stand, as they change: a [SplitMap] in the making. Splits that come in the order of their ids
/// cost least. One thread.
public final class Splits {
    private static final int ROOM = 16;

    private SplitBlock[] blocks;
    private int used;
    private int size;
    /// The blocks' array is a map's too, so it is copied before it changes.
    private boolean shared;
    /// The last key of all; empty: not known.
    private Optional<byte[]> last = Optional.empty();

    public Splits() {
        this(SplitMap.EMPTY);
    }

    /// Begins with what `map` holds.
    public Splits(SplitMap map) {
        blocks = map.blocks();
        used = map.used();
        size = map.size();
        shared = true;
    }

    public Optional<SplitView> find(SplitId split) {
        return SplitMap.find(split, blocks, used);
    }

    public int size() {
        return size;
    }

    public void put(SplitId split, SplitView view) {
        put(new SplitBlock.Entry(SplitKey.of(split.value()), view));
    }

    private void put(SplitBlock.Entry entry) {
        if (last.isPresent() && Arrays.compareUnsigned(last.get(), entry.key) < 0) {
            append(last.get(), entry);
            return;
        }
        int block = SplitMap.blockOf(entry.key, blocks, used);
        if (block < 0) {
            if (used == 0) {
                replace(0, 0, List.of(SplitBlock.of(List.of(entry))));
                last = Optional.of(entry.key);
                size++;
                return;
            }
            block = 0;
        }
        List<SplitBlock.Entry> entries = entries(block);
        int at = place(entries, entry.key);
        boolean isNew = at == entries.size() || !Arrays.equals(entries.get(at).key, entry.key);
        if (isNew) {
            entries.add(at, entry);
            size++;
        } else {
            entries.set(at, entry);
        }
        if (block == used - 1) {
            last = Optional.of(entries.getLast().key);
        }
        replace(block, 1, packed(entries));
    }

    private void append(byte[] before, SplitBlock.Entry entry) {
        SplitBlock end = blocks[used - 1];
        if (end.count() < SplitBlock.FULL) {
            replace(used - 1, 1, List.of(end.plus(before, entry)));
        } else {
            replace(used, 0, List.of(SplitBlock.of(List.of(entry))));
        }
        last = Optional.of(entry.key);
        size++;
    }

    public void remove(SplitId split) {
        byte[] key = SplitKey.of(split.value());
        int block = SplitMap.blockOf(key, blocks, used);
        if (block < 0) {
            return;
        }
        List<SplitBlock.Entry> entries = entries(block);
        int at = place(entries, key);
        if (at == entries.size() || !Arrays.equals(entries.get(at).key, key)) {
            return;
        }
        entries.remove(at);
        size--;
        last = Optional.empty();
        replace(block, 1, entries.isEmpty() ? List.of() : List.of(SplitBlock.of(entries)));
    }

    /// Takes all of `other`; where both have a split, `other` wins.
    public void putAll(SplitMap other) {
        if (other.size() <= used) {
            other.forEach(this::put);
            return;
        }
        Splits merged = new Splits();
        SplitWalk mine = new SplitWalk(map());
        SplitWalk others = new SplitWalk(other);
        while (mine.isAtEntry() || others.isAtEntry()) {
            int order = mine.isAtEntry() && others.isAtEntry()
                    ? mine.cursor().compareTo(others.cursor().key())
                    : mine.isAtEntry() ? -1 : 1;
            SplitWalk first = order < 0 ? mine : others;
            merged.put(first.cursor().entry());
            first.advance();
            if (order == 0) {
                mine.advance();
            }
        }
        blocks = merged.blocks;
        used = merged.used;
        size = merged.size;
        last = merged.last;
        shared = false;
    }

    /// What it holds now. Costs next to nothing.
    public SplitMap map() {
        shared = true;
        return size == 0 ? SplitMap.EMPTY : new SplitMap(blocks, used, size);
    }

    private List<SplitBlock.Entry> entries(int block) {
        List<SplitBlock.Entry> entries = new ArrayList<>(SplitBlock.FULL + 1);
        SplitBlock.Cursor cursor = blocks[block].cursor();
        while (cursor.next()) {
            entries.add(cursor.entry());
        }
        return entries;
    }

    /// Where `key` is, or would be.
    private static int place(List<SplitBlock.Entry> entries, byte[] key) {
        int at = 0;
        while (at < entries.size() && Arrays.compareUnsigned(entries.get(at).key, key) < 0) {
            at++;
        }
        return at;
    }

    private static List<SplitBlock> packed(List<SplitBlock.Entry> entries) {
        if (entries.size() <= SplitBlock.FULL) {
            return List.of(SplitBlock.of(entries));
        }
        int half = entries.size() / 2;
        return List.of(SplitBlock.of(entries.subList(0, half)), SplitBlock.of(entries.subList(half, entries.size())));
    }

    /// `count` blocks from `at` on give way to others.
    private void replace(int at, int count, List<SplitBlock> by) {
        int needed = used - count + by.size();
        if (shared || needed > blocks.length) {
            int room = needed > blocks.length ? Math.max(ROOM, needed + needed / 2) : blocks.length;
            blocks = Arrays.copyOf(blocks, room);
            shared = false;
        }
        System.arraycopy(blocks, at + count, blocks, at + by.size(), used - at - count);
        for (int i = 0; i < by.size(); i++) {
            blocks[at + i] = by.get(i);
        }
        used = needed;
    }
}
