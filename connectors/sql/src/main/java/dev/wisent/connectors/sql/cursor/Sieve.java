package dev.wisent.connectors.sql.cursor;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Leaves out of a split the rows that earlier windows handed out, and where late rows may still come, remembers in the
/// split's position which ones it has: so the commit that has the rows has that, too, and whoever reads this stretch again
/// knows them. One thread.
public final class Sieve {
    private static final String AT = "at";
    private static final String SEEN = "seen";

    /// What a split is told.
    ///
    /// @param before of [SeenRows#text]
    /// @param keeping whether its rows are remembered
    public record Spec(String before, Keeping keeping) {
        /// A split that is read once, behind everything that was read.
        public static final Spec NONE = new Spec("", Keeping.NOTHING);

        public boolean isNone() {
            return before.isEmpty() && keeping == Keeping.NOTHING;
        }

        public String text() {
            return isNone() ? "" : keeping + " " + before;
        }

        public static Spec parse(String text) {
            int at = text.indexOf(' ');
            return at < 0 ? NONE : new Spec(text.substring(at + 1), Keeping.valueOf(text.substring(0, at)));
        }
    }

    public enum Keeping {
        ROWS,
        NOTHING
    }

    private final Keeping keeping;
    private final SeenRows before;
    private final SeenRows kept;

    /// @param token the position the split is read on from
    public Sieve(Spec spec, String token) {
        this.keeping = spec.keeping();
        this.before = SeenRows.parse(spec.before());
        this.kept = seen(token);
    }

    /// Takes the next row.
    ///
    /// @param values its cursor and key
    /// @return whether it is to be handed out
    public boolean passes(List<String> values) {
        if (keeping == Keeping.ROWS) {
            kept.add(values);
        }
        return !before.holds(values);
    }

    /// The token of the position behind the last row that was taken.
    ///
    /// @param last its values; empty: none was
    public String token(List<String> last) {
        if (keeping == Keeping.NOTHING) {
            return last.isEmpty() ? "" : array(last).toString();
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set(AT, array(last));
        return node.put(SEEN, kept.text()).toString();
    }

    /// The values of a token of a position, with or without rows that were seen.
    public static List<String> values(String token) {
        List<String> values = new ArrayList<>();
        if (!token.isEmpty()) {
            JsonNode node = JsonMapper.shared().readTree(token);
            (node.isObject() ? node.get(AT) : node).forEach(value -> values.add(value.stringValue()));
        }
        return values;
    }

    /// The rows a token remembers.
    public static SeenRows seen(String token) {
        return token.startsWith("{")
                ? SeenRows.parse(JsonMapper.shared().readTree(token).path(SEEN).stringValue(""))
                : new SeenRows();
    }

    private static ArrayNode array(List<String> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }
}
