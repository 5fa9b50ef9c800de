package com.example.markdown;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.columnar.DataType;
import dev.wisent.testkit.connector.BatchDestinationContract;
import dev.wisent.testkit.connector.Behaviour;
import dev.wisent.testkit.connector.Configured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// What every destination of batches does, for this one.
class MarkdownContractTest extends BatchDestinationContract {
    @TempDir
    Path folder;

    @Override
    protected BatchDestination open() {
        return Configured.batches(new MarkdownTable.Factory(), Map.of("path", folder.resolve("table.md")));
    }

    @Override
    protected Set<DataType> types() {
        return Set.of(DataType.INT8, DataType.INT16, DataType.INT32, DataType.INT64, DataType.STRING);
    }

    @Override
    protected Set<Behaviour> lacks() {
        return Set.of(Behaviour.NEW_COLUMNS, Behaviour.TARGETS_APART, Behaviour.EMPTY_TEXTS);
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws IOException {
        Path table = folder.resolve("table.md");
        List<String> lines = Files.exists(table) ? Files.readAllLines(table) : List.of();
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.stream().skip(2).toList()) {
            List<String> names = cells(lines.getFirst());
            List<String> cells = cells(line);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    row.put(names.get(i), cells.get(i));
                }
            }
            rows.add(row);
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.substring(2, line.length() - 2).split(" \\| ", -1))
                .map(c -> c.replace("&#10;", "\n").replace("&#124;", "|").replace("&amp;", "&"))
                .toList();
    }
}
