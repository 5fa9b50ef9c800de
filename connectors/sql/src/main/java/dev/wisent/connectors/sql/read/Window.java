package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.Sieve;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a split holds: all rows, or in an incremental run those behind a key up to a cursor's value.
///
/// @param number of the window; 0: all rows
/// @param after the key of the last row before it
/// @param upTo the highest cursor there was when it was planned; empty: no rows had one
record Window(long number, KeyToken after, String upTo) {
    private static final String NAME = "window-";
    static final Window ALL = new Window(0, KeyToken.BEGINNING, "");

    boolean isAll() {
        return number == 0;
    }

    SplitId split() {
        return new SplitId(isAll() ? "table" : NAME + number);
    }

    /// The number of a window of any kind; those with rows that come late have more behind it.
    static long number(SplitId split) {
        return split.value().startsWith(NAME)
                ? Long.parseLong(split.value().substring(NAME.length()).split(" ", 2)[0])
                : 0;
    }

    static boolean isPlain(SplitId split) {
        return split.value().startsWith(NAME) && split.value().indexOf(' ') < 0;
    }

    Stretch stretch() {
        return isAll()
                ? Stretch.ALL
                : new Stretch(
                        Optional.empty(), Optional.of(Edge.upTo(upTo)), after, KeyToken.BEGINNING, Sieve.Spec.NONE);
    }

    StreamState state() {
        return new StreamState(text());
    }

    String text() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("window", number)
                .put("after", after.text())
                .put("up_to", upTo)
                .toString();
    }

    static Window parse(String text) {
        JsonNode node = JsonMapper.shared().readTree(text);
        return new Window(
                node.path("window").longValue(),
                KeyToken.parse(node.path("after").stringValue()),
                node.path("up_to").stringValue());
    }
}
