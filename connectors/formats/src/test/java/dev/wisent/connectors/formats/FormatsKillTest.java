package dev.wisent.connectors.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Runs of the command line that are killed inside of a file, and go on there.
class FormatsKillTest {
    private static final int ROWS = 400_000;
    private static final Schema ROW =
            AvroFiles.record("{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"v\",\"type\":\"string\"}");

    @TempDir
    private Path folder;

    private void input(String format) {
        if (format.equals("parquet")) {
            Inputs.parquet(
                    folder.resolve("rows.parquet"),
                    "SELECT range AS id, 'value ' || range AS v FROM range(" + ROWS + ")",
                    "ROW_GROUP_SIZE 20480");
        } else {
            AvroFiles.write(
                    folder.resolve("rows.avro"),
                    ROW,
                    CodecFactory.deflateCodec(1),
                    ROWS,
                    i -> new GenericRecordBuilder(ROW)
                            .set("id", (long) i)
                            .set("v", "value " + i)
                            .build());
        }
    }

    private void pipeline(String format) throws Exception {
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: rows
                source: {name: files, stream: rows, path: "%s/rows.%s", commit_within_file: true}
                destination: {name: file, config: {path: "%s/out/", commit_interval: 0.05}}
                """.formatted(folder, format, folder));
    }

    @ParameterizedTest
    @CsvSource({
        "parquet, STAGED, 1",
        "parquet, MANIFEST_LINKED, 2",
        "avro, MANIFEST_WRITTEN, 2",
        "avro, ROLLED_FORWARD, 1"
    })
    void a_run_killed_inside_a_file_goes_on_there(String format, Boundary boundary, int passing) throws Exception {
        input(format);
        pipeline(format);

        ChildCommand.run(folder, "pipeline.yml")
                .killedAt(boundary, passing)
                .result()
                .exits(ChildResult.KILLED);
        ChildCommand.run(folder, "pipeline.yml").here().exits(0);

        RowBag rows = FolderOracle.ofFolder(folder.resolve("out")).byGlob();
        RowBag expected = new RowBag();
        for (int i = 0; i < ROWS; i++) {
            expected.add("{\"id\":%d,\"v\":\"value %d\"}".formatted(i, i));
        }
        assertThat(rows.differences(expected)).isEmpty();
    }

    @Test
    void a_damaged_file_leaves_nothing_and_is_named_with_its_stage() throws Exception {
        input("parquet");
        byte[] bytes = Inputs.bytes(folder.resolve("rows.parquet"));
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 5_000, (byte) 0xFF);
        Inputs.write(folder.resolve("rows.parquet"), bytes);
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: rows
                source: {name: files, stream: rows, path: rows.parquet}
                destination: {name: file, config: {path: out/}}
                error_handling: {dlq_path: rejects/}
                """);

        assertThat(ChildCommand.run(folder, "pipeline.yml").result().count("written"))
                .isZero();
        try (var files = Files.walk(folder.resolve("rejects"))) {
            assertThat(files.filter(Files::isRegularFile).map(Inputs::bytes).map(String::new))
                    .anyMatch(
                            text -> text.contains("\"stage\":\"decompress\"") || text.contains("\"stage\":\"parse\""));
        }
    }
}
