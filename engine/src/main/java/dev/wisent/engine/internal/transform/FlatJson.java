package dev.wisent.engine.internal.transform;

import java.util.ArrayList;
import java.util.List;

/// Takes JSON objects apart: `{"a": {"b": 1}}` under the name `x` is the leaf `x_a_b`. Empty objects and arrays are leaves.
final class FlatJson {
    private final String separator;
    private final int depth;
    private final List<JsonMembers> levels = new ArrayList<>();

    /// Gets the leaves of an object.
    interface Leaves {
        void leaf(FlatName name, JsonMembers members, int member);
    }

    /// @param depth at most so many levels are taken apart
    FlatJson(String separator, int depth) {
        this.separator = separator;
        this.depth = depth;
    }

    /// Hands on the leaves of the object at `[from, to)`; false when there is none.
    boolean walk(FlatName name, byte[] json, int from, int to, Leaves out) {
        return inside(name, json, from, to, 0, out);
    }

    private boolean inside(FlatName name, byte[] json, int from, int to, int level, Leaves out) {
        while (levels.size() <= level) {
            levels.add(new JsonMembers());
        }
        JsonMembers members = levels.get(level);
        if (!members.read(json, from, to - from)) {
            return false;
        }
        name.restart();
        for (int i = 0; i < members.count(); i++) {
            FlatName below = name.of(members, i, separator);
            boolean deeper = members.isObject(i) && level + 1 < depth && !members.isEmptyObject(i);
            if (deeper) {
                inside(below, json, members.from(i), members.to(i), level + 1, out);
            } else {
                out.leaf(below, members, i);
            }
        }
        return true;
    }
}
