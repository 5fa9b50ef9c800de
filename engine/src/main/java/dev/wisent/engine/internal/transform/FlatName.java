package dev.wisent.engine.internal.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The name that what lies under a key gets, and the names below it, found by the keys as they are written. Records mostly have
/// their keys in one order, so the key after the last one is tried first. One thread.
final class FlatName {
    /// More keys below one are taken to be data, and not kept.
    private static final int MOST_KEYS = 64;

    private final String text;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<FlatName> below = new ArrayList<>();
    private int next;
    private Optional<byte[]> quoted = Optional.empty();
    private Optional<Leaf> leaf = Optional.empty();

    FlatName(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// The name as a key in JSON.
    byte[] quoted() {
        if (quoted.isEmpty()) {
            quoted = Optional.of(ObjectText.quote(text));
        }
        return quoted.get();
    }

    /// Where its values go, once that was decided.
    Optional<Leaf> leaf() {
        return leaf;
    }

    void goesTo(Leaf column) {
        leaf = Optional.of(column);
    }

    /// An object begins.
    void restart() {
        next = 0;
    }

    /// The name of the value whose key stands at `[from, to)`, with its quotes.
    FlatName of(byte[] json, int from, int to, String separator) {
        for (int i = 0; i < keys.size(); i++) {
            int at = next + i < keys.size() ? next + i : next + i - keys.size();
            byte[] key = keys.get(at);
            if (key.length == to - from && Arrays.equals(key, 0, key.length, json, from, to)) {
                next = at + 1;
                return below.get(at);
            }
        }
        FlatName name = new FlatName(text + separator + JsonMembers.unquoted(json, from, to));
        if (keys.size() < MOST_KEYS) {
            keys.add(Arrays.copyOfRange(json, from, to));
            below.add(name);
        }
        return name;
    }
}
