package dev.wisent.connectors.delta.log;

import dev.wisent.columnar.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One version of a table: what a single atomic put of `_delta_log/<version>.json` brings.
public record LogEntry(List<Action> actions) {
    public LogEntry {
        actions = List.copyOf(actions);
    }

    /// The file's content, an action a line.
    public byte[] bytes() {
        OutputBuffer out = new OutputBuffer();
        for (Action action : actions) {
            out.put(ActionJson.write(action).toString().getBytes(StandardCharsets.UTF_8));
            out.put('\n');
        }
        return out.copy();
    }

    /// Inverse of [#bytes]. What is no log entry is an [IllegalArgumentException].
    public static LogEntry parse(byte[] content) {
        List<Action> actions = new ArrayList<>();
        try {
            new String(content, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> ActionJson.read(JsonMapper.shared().readTree(line)))
                    .forEach(actions::add);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        return new LogEntry(actions);
    }

    /// How far `appId` is after this version, if it says so.
    public Optional<Long> txn(String appId) {
        return of(Action.Txn.class)
                .filter(txn -> txn.appId().equals(appId))
                .map(Action.Txn::version)
                .reduce((first, last) -> last);
    }

    /// The actions of one type.
    public <A extends Action> Stream<A> of(Class<A> type) {
        return actions.stream().filter(type::isInstance).map(type::cast);
    }
}
