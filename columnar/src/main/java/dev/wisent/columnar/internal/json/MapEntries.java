package dev.wisent.columnar.internal.json;

import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.MapColumn;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Removes entries of a map's last row whose key comes again: readers of maps expect keys once.
final class MapEntries {
    /// Up to so many entries comparing each with each is cheaper than a table.
    private static final int FEW = 16;

    void keepLast(MapColumn map) {
        int row = map.size() - 1;
        int from = map.start(row);
        int count = map.length(row);
        if (count < 2 || (count <= FEW && !hasTwins(map.keys(), from, count))) {
            return;
        }
        Map<Object, Integer> last = HashMap.newHashMap(count);
        for (int i = from; i < from + count; i++) {
            last.put(key(map.keys(), i), i);
        }
        if (last.size() < count) {
            rebuild(map, row, from, count, last);
        }
    }

    /// Entries stand where their last one stood.
    private static void rebuild(MapColumn map, int row, int from, int count, Map<Object, Integer> last) {
        Column keys = Column.of(map.keys().type());
        Column values = Column.of(map.values().type());
        for (int i = from; i < from + count; i++) {
            if (last.getOrDefault(key(map.keys(), i), -1) == i) {
                keys.appendFrom(map.keys(), i);
                values.appendFrom(map.values(), i);
            }
        }
        map.truncate(row);
        for (int i = 0; i < keys.size(); i++) {
            map.keys().appendFrom(keys, i);
            map.values().appendFrom(values, i);
        }
        map.endRow();
    }

    private static boolean hasTwins(Column keys, int from, int count) {
        for (int i = from + 1; i < from + count; i++) {
            for (int j = from; j < i; j++) {
                if (key(keys, i).equals(key(keys, j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Object key(Column keys, int row) {
        return switch (keys) {
            case LongColumn longs -> longs.get(row);
            case DoubleColumn doubles -> doubles.get(row);
            case BytesColumn bytes -> ByteBuffer.wrap(bytes.data(), bytes.start(row), bytes.length(row));
            default -> row;
        };
    }
}
