package dev.wisent.connectors.delta.lake;

import dev.wisent.api.lake.TableVersion;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.table.LogReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The newest versions of a table, as its log tells them.
public final class History {
    private final LogReader log;

    public History(ObjectStore store) {
        this.log = new LogReader(store);
    }

    /// @param newest the table's newest version
    /// @return the newest first
    public List<TableVersion> last(long newest, int count) {
        List<TableVersion> versions = new ArrayList<>();
        for (LogReader.Found found : log.after(Math.max(-1, newest - count))) {
            log.entry(found.version())
                    .ifPresent(entry ->
                            versions.add(version(found.version(), found.object().modified(), entry)));
        }
        return versions.reversed();
    }

    private static TableVersion version(long number, Instant stored, LogEntry entry) {
        Optional<JsonNode> info = entry.of(Action.CommitInfo.class)
                .map(Action.CommitInfo::content)
                .findFirst();
        List<Action.Add> added = entry.of(Action.Add.class).toList();
        return new TableVersion(
                number,
                info.map(node -> node.path("timestamp").longValue(0))
                        .filter(at -> at > 0)
                        .map(Instant::ofEpochMilli)
                        .orElse(stored),
                info.flatMap(node -> node.path("operation").stringValueOpt()).orElse("unknown"),
                info.flatMap(node -> node.path("engineInfo").stringValueOpt()),
                added.size(),
                entry.of(Action.Remove.class).count(),
                rows(added),
                added.stream().mapToLong(Action.Add::size).sum());
    }

    private static Optional<Long> rows(List<Action.Add> added) {
        long rows = 0;
        for (Action.Add file : added) {
            Optional<Long> of = file.stats().flatMap(History::rows);
            if (of.isEmpty()) {
                return Optional.empty();
            }
            rows += of.get();
        }
        return Optional.of(rows);
    }

    private static Optional<Long> rows(String stats) {
        try {
            JsonNode rows = JsonMapper.shared().readTree(stats).path("numRecords");
            return rows.isIntegralNumber() ? Optional.of(rows.longValue()) : Optional.empty();
        } catch (JacksonException anotherWritersMistake) {
            return Optional.empty();
        }
    }
}
