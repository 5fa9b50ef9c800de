package dev.wisent.engine.internal.transform;

import java.util.ArrayList;
import java.util.List;

/// Takes JSON objects apart: `{"a": {"b": 1}}` under the name `x` is the leaf `x_a_b`. Empty objects and arrays are leaves.
final class FlatJson {
    private final String separator;
    private final List<JsonMembers> levels = new ArrayList<>();

    /// Gets the leaves of an object.
    interface Leaves {
        void leaf(String name, JsonMembers members, int member);
    }

    FlatJson(String separator) {
        this.separator = separator;
    }

    /// Hands on the leaves of member `member`, an object, at most `depth` levels down.
    void walk(String name, JsonMembers members, int member, int depth, Leaves out) {
        inside(name, members.data(), members.from(member), members.to(member) - members.from(member), 0, depth, out);
    }

    /// The same for an object that stands alone; false when the text is none.
    boolean walk(String name, byte[] json, int from, int length, int depth, Leaves out) {
        return inside(name, json, from, length, 0, depth, out);
    }

    private boolean inside(String name, byte[] json, int from, int length, int level, int depth, Leaves out) {
        while (levels.size() <= level) {
            levels.add(new JsonMembers());
        }
        JsonMembers members = levels.get(level);
        if (!members.read(json, from, length)) {
            return false;
        }
        for (int i = 0; i < members.count(); i++) {
            String leaf = name + separator + members.key(i);
            boolean deeper = members.isObject(i) && level + 1 < depth && !members.isEmptyObject(i);
            if (deeper) {
                inside(leaf, json, members.from(i), members.to(i) - members.from(i), level + 1, depth, out);
            } else {
                out.leaf(leaf, members, i);
            }
        }
        return true;
    }
}
