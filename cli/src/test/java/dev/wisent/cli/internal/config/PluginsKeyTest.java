package dev.wisent.cli.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.Families;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key `plugins`, and the folder of that name; what a plug-in's jar may hold is the engine's matter.
class PluginsKeyTest {
    @TempDir
    Path folder;

    @Test
    void a_folder_that_is_not_there_is_told_with_its_place() throws IOException {
        assertThat(refused("plugins: [plugin/target]"))
                .contains(
                        "p.yml:4:1: plugins: there is no folder or jar 'plugin/target' (the path is relative to the pipeline file;");
    }

    @Test
    void a_folder_without_a_plug_in_is_told() throws IOException {
        Files.createDirectories(folder.resolve("pipelines/target/classes"));

        assertThat(refused("plugins: target")).contains("there is no plug-in in 'target'");
    }

    @Test
    void a_jar_that_can_not_be_read_is_a_problem_if_the_pipeline_names_it() throws IOException {
        Path jar = Files.createDirectories(folder.resolve("pipelines/target")).resolve("p.jar");
        Files.writeString(jar, "no jar");

        assertThat(refused("plugins: [target]")).contains("not a jar that can be read");
    }

    @Test
    void a_jar_that_can_not_be_read_is_a_warning_if_it_only_lies_in_the_working_folder() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("plugins")).resolve("p.jar"), "no jar");

        PipelineSpec spec = load("");

        assertThat(spec.warnings()).hasSize(1);
        assertThat(spec.warnings().getFirst().toString()).contains("one is left out");
    }

    private String refused(String line) {
        String[] where = {""};
        assertThatExceptionOfType(WisentException.class)
                .isThrownBy(() -> load(line))
                .satisfies(e -> where[0] = e.where());
        return where[0];
    }

    /// The file lies in `pipelines/`, the working folder above it.
    private PipelineSpec load(String line) throws IOException {
        Path file = Files.createDirectories(folder.resolve("pipelines")).resolve("p.yml");
        Files.writeString(file, """
                name: p
                source: {name: dummy, stream: plants}
                destination: {name: logger}
                """ + line + "\n");
        return Loading.loader(Connectors.of(Families.none(), folder), Map.of()).load(file, "p.yml", Optional.empty());
    }
}
