package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.FolderOracle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.util.OSInfo;

/// No space left under the output, the state store, the folder for temporary files: the error names the place, and once there
/// is room the next run goes on and loses nothing.
@Execution(ExecutionMode.CONCURRENT)
class FullDiskTest {
    private static final String DISK_FULL = "W4005";
    private static final String STORE_FAILED = "W6001";
    private static final long LESS_THAN_A_PART = 256 << 10;
    private static final long LESS_THAN_A_LIBRARY = 64 << 10;
    private static final long LESS_THAN_A_STORE = 8 << 10;
    private static final long SMALL = 2L << 20;
    private static final long LARGE = 64L << 20;
    private static final PipelineYaml YAML = PipelineYaml.orders(Trial.ROWS)
            .source("page_size", 100)
            .source("sleep_ms", 2)
            .destination("commit_interval", "0.2")
            .engine("retry", "{budget: 1}")
            .store("state/state.db");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"full_refresh", "incremental", "stream"})
    void a_full_disk_under_the_output_is_named_with_path_and_bytes_and_the_rerun_loses_nothing(String mode) {
        Path out = folder.resolve("out");
        YAML.source("sync_mode", mode).engine("until_idle", 1).write(folder);
        try (SmallDisk disk = SmallDisk.at(out, SMALL)) {
            ChildResult failed = limited(disk, LESS_THAN_A_PART).result().exits(1);
            assertThat(failed.errorCode()).isEqualTo(DISK_FULL);
            assertThat(failed.err()).contains(out.toString()).containsPattern("\\d+ bytes");

            FolderOracle oracle = FolderOracle.ofFolder(out);
            long committed = oracle.committedRows();
            assertThat(committed).isLessThan(Trial.ROWS);
            disk.grow(LARGE);
            ChildResult rerun = command().here().exits(0);

            assertThat(rerun.count("read")).isEqualTo(Trial.ROWS - committed);
            Trial.holds(oracle, Uninterrupted.orders());
            assertThat(oracle.leftovers()).isEmpty();
        }
    }

    @Test
    void a_full_disk_under_the_state_store_is_named_and_the_rerun_loses_nothing() throws IOException {
        Path state = folder.resolve("state");
        YAML.write(folder);
        try (SmallDisk disk = SmallDisk.at(state, SMALL)) {
            Path ballast = state.resolve("ballast");
            disk.fill(ballast);
            ChildResult failed = limited(disk, LESS_THAN_A_STORE).result().exits(1);
            assertThat(failed.err()).contains(state.resolve("state.db").toString());
            assertThat(failed.errorCode()).isEqualTo(disk.isMounted() ? DISK_FULL : STORE_FAILED);

            Files.deleteIfExists(ballast);
            command().here().exits(0);
        }
        Trial.holds(FolderOracle.ofFolder(folder.resolve("out")), Uninterrupted.orders());
    }

    @Test
    void a_full_disk_for_temporary_files_is_named_and_the_rerun_loses_nothing() throws IOException {
        Path temporary = folder.resolve("temporary");
        YAML.write(folder);
        try (SmallDisk disk = SmallDisk.at(temporary, SMALL)) {
            Path ballast = temporary.resolve("ballast");
            disk.fill(ballast);
            // the database library has nowhere else to be unpacked to
            ChildCommand command = command().withJvm("-Djava.io.tmpdir=" + temporary, "-Dwisent.native=" + temporary);
            ChildResult failed = (disk.isMounted() ? command : command.withLargestFile(LESS_THAN_A_LIBRARY))
                    .result()
                    .exits(1);
            assertThat(failed.err()).contains(temporary.toString()).containsPattern("\\d+ bytes");

            Files.deleteIfExists(ballast);
            command.result().exits(0);
        }
        Trial.holds(FolderOracle.ofFolder(folder.resolve("out")), Uninterrupted.orders());
    }

    @Test
    void a_full_disk_under_the_rejects_is_named_with_path_and_bytes_and_the_rerun_loses_nothing() throws IOException {
        Path rejects = folder.resolve("rejects");
        int files = 20;
        for (int file = 0; file < files; file++) {
            Files.writeString(
                    folder.resolve("in-%02d.ndjson".formatted(file)),
                    "{\"id\":" + file + "}\n" + ("no JSON " + "x".repeat(10_000) + "\n").repeat(20));
        }
        Files.writeString(folder.resolve(PipelineYaml.FILE), """
                name: trial
                source: {name: files, stream: events, path: "FOLDER/in-*.ndjson"}
                destination: {name: file, config: {path: FOLDER/out/, commit_interval: 0.05}}
                error_handling: {dlq_path: rejects/}
                engine: {retry: {budget: 1}}
                """.replace("FOLDER", folder.toString()));
        FolderOracle oracle = FolderOracle.ofFolder(folder.resolve("out"));
        try (SmallDisk disk = SmallDisk.at(rejects, SMALL)) {
            ChildResult failed = limited(disk, LESS_THAN_A_PART).result().exits(1);
            assertThat(failed.errorCode()).isEqualTo(DISK_FULL);
            assertThat(failed.err()).contains(rejects.toString()).containsPattern("[1-9]\\d* bytes");

            long committed = oracle.committedRows();
            assertThat(committed).isLessThan(files);
            disk.grow(LARGE);
            ChildResult rerun = command().here().exits(0);
            assertThat(rerun.count("written")).isEqualTo(files - committed);
            assertThat(rerun.count("rejected")).isEqualTo((files - committed) * 20);
        }
        assertThat(oracle.byGlob().size()).isEqualTo(files);
        assertThat(oracle.byManifest().size()).isEqualTo(files);
    }

    private ChildCommand command() {
        return ChildCommand.run(folder, PipelineYaml.FILE);
    }

    /// Where nothing may be mounted, no file may become large instead: the system refuses the same writes. SQLite's library,
    /// which is unpacked at each start, lies ready then.
    private ChildCommand limited(SmallDisk disk, long largestFile) {
        return disk.isMounted()
                ? command()
                : command().withLargestFile(largestFile).withJvm("-Dorg.sqlite.lib.path=" + unpackedLibrary());
    }

    private Path unpackedLibrary() {
        String name = System.mapLibraryName("sqlitejdbc");
        Path library = folder.resolve(name);
        String resource = "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + name;
        try (InputStream in = OSInfo.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in), library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }
}
