package dev.wisent.connectors.formats;

import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.SourceContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Avro files with commits inside of them.
class AvroContractTest extends SourceContract {
    private static final Schema ROW =
            AvroFiles.record("{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"v\",\"type\":\"string\"}");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() {
        write("a.avro", CodecFactory.nullCodec(), 0, 60_000);
        write("b.avro", CodecFactory.deflateCodec(6), 60_000, 61_000);
        write("empty.avro", CodecFactory.nullCodec(), 0, 0);
    }

    private void write(String name, CodecFactory codec, int from, int to) {
        AvroFiles.write(
                folder.resolve(name),
                ROW,
                codec,
                to - from,
                i -> new GenericRecordBuilder(ROW)
                        .set("id", (long) from + i)
                        .set("v", "value " + (from + i))
                        .build());
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i))
                .toList();
    }

    @Override
    protected Source open() {
        return Inputs.source(folder, "*.avro", Map.of("commit_within_file", "true"));
    }

    @Override
    protected List<String> expected() {
        return lines(0, 61_000);
    }

    @Override
    protected Optional<List<String>> grow() {
        write("c.avro", CodecFactory.snappyCodec(), 61_000, 61_100);
        return Optional.of(lines(61_000, 61_100));
    }
}
