package dev.wisent.engine.internal.transform;

/// Takes JSON objects apart: `{"a": {"b": 1}}` under the name `x` is the leaf `x_a_b`. Empty objects and arrays are leaves.
/// Goes through the text once, whatever lies in what.
final class FlatJson extends JsonScan {
    private final String separator;
    private final int depth;

    /// Gets the leaves of an object.
    interface Leaves {
        /// The value at `[from, to)`.
        void leaf(FlatName name, byte[] json, int from, int to);
    }

    /// @param depth at most so many levels are taken apart
    FlatJson(String separator, int depth) {
        this.separator = separator;
        this.depth = depth;
    }

    /// Hands on the leaves of the object at `[from, to)`; false when there is none.
    boolean walk(FlatName name, byte[] json, int from, int to, Leaves out) {
        begin(json, from, to);
        skipSpace();
        return is('{') && inside(name, 1, out);
    }

    private boolean inside(FlatName name, int level, Leaves out) {
        step();
        skipSpace();
        name.restart();
        while (is('"')) {
            int key = at();
            skipString();
            FlatName below = name.of(data(), key, at(), separator);
            skipSpace();
            step();
            skipSpace();
            if (is('{') && level < depth && !isEmptyObject()) {
                if (!inside(below, level + 1, out)) {
                    return false;
                }
            } else {
                int from = at();
                skipValue();
                out.leaf(below, data(), from, at());
            }
            skipSpace();
            if (is(',')) {
                step();
                skipSpace();
            }
        }
        boolean closed = is('}');
        step();
        return closed;
    }
}
