package dev.wisent.flows;

import dev.wisent.testkit.RowBag;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A Delta table on this disk, read without Wisent and without Kernel: the log's entries say which files are in it, DuckDB
/// reads those.
final class DeltaFiles {
    private DeltaFiles() {}

    static RowBag rows(Path table) {
        Set<String> live = live(table);
        return live.isEmpty()
                ? new RowBag()
                : Target.query(
                        "SELECT 1",
                        live.stream()
                                .map(file -> "'" + table.resolve(file) + "'")
                                .collect(Collectors.joining(", ", "read_parquet([", "])")));
    }

    /// How many versions the table has.
    static int versions(Path table) {
        return Target.files(table.resolve("_delta_log"), ".json").size();
    }

    private static Set<String> live(Path table) {
        Set<String> live = new LinkedHashSet<>();
        for (Path entry : Target.files(table.resolve("_delta_log"), ".json")) {
            Target.lines(entry).map(JsonMapper.shared()::readTree).forEach(action -> {
                live.remove(path(action, "remove"));
                live.add(path(action, "add"));
            });
        }
        live.remove("");
        return live;
    }

    private static String path(JsonNode action, String kind) {
        return action.path(kind).path("path").stringValue("");
    }
}
