package dev.wisent.connectors.sql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.connectors.sql.cursor.Edge;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a split of an incremental run holds: the rows behind a key up to a cursor's value.
///
/// @param number of the window, from 1
/// @param after the key of the last row before it
/// @param upTo the highest cursor there was when it was planned; empty: no rows had one
record Window(long number, KeyToken after, String upTo) {
    private static final String NAME = "window-";

    SplitId split() {
        return new SplitId(NAME + number);
    }

    /// The number of a window of any kind, 0 of what is none; those with rows that come late have more behind it.
    static long number(SplitId split) {
        return split.value().startsWith(NAME)
                ? Long.parseLong(split.value().substring(NAME.length()).split(" ", 2)[0])
                : 0;
    }

    static boolean isPlain(SplitId split) {
        return split.value().startsWith(NAME) && split.value().indexOf(' ') < 0;
    }

    /// @param gone why it can't be read on; empty: it can
    Stretch stretch(String gone) {
        return Stretch.byCursor(Edge.upTo(upTo), after, gone);
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

    /// Of a generation that was begun; empty: there is none, or it was not begun by a window.
    static Optional<Window> kept(StreamState opening) {
        if (opening.isEmpty()) {
            return Optional.empty();
        }
        JsonNode node = JsonMapper.shared().readTree(opening.json());
        return node.has("window")
                ? Optional.of(new Window(
                        node.path("window").longValue(),
                        KeyToken.parse(node.path("after").stringValue()),
                        node.path("up_to").stringValue()))
                : Optional.empty();
    }
}
