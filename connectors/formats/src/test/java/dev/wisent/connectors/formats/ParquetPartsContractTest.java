package dev.wisent.connectors.formats;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.format.FileFormats;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.core.file.FileFactory;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.DestinationContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/// The destination `file` with Parquet, which only this family can read back.
class ParquetPartsContractTest extends DestinationContract {
    @TempDir
    Path folder;

    @Override
    protected Destination open() {
        return Configured.destination(
                new FileFactory(), Map.of("path", folder.resolve("out") + "/", "format", "parquet"));
    }

    @Override
    protected FileFormats formats() {
        return Inputs.formats();
    }

    @Override
    protected List<Map<String, String>> rows(TargetId target) throws IOException {
        Path out = folder.resolve("out");
        Path parts = target.equals(ORDERS) ? out : out.resolve(target.name());
        List<Map<String, String>> rows = new ArrayList<>();
        if (Files.isDirectory(parts)) {
            try (Stream<Path> files = Files.list(parts)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
                    rows.addAll(Inputs.rowsOf(file));
                }
            }
        }
        return rows;
    }

    /// DuckDB shows a time of day and a wall-clock reading without a `T`.
    @Override
    protected boolean same(DataType type, String expected, String actual) {
        return type instanceof DataType.TimestampNtz
                ? expected.equals(actual.replace(' ', 'T'))
                : super.same(type, expected, actual);
    }
}
