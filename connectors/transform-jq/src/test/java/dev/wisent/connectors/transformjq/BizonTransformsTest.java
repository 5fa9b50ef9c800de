package dev.wisent.connectors.transformjq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Bizon's users do with Python in their files, done with jq. The numbers are those of the table in
/// docs/reliability.md.
class BizonTransformsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("case 1")
    void five_creatures_arrive_with_their_names_changed() throws IOException {
        pipeline("", """
                transforms:
                  - {label: small, jq: '.name |= ascii_downcase | .called = .name'}
                  - {label: upper, jq: '.name |= ascii_upcase'}
                """);

        ChildResult run = new ChildCommand(folder, List.of("run", "p.yml"), List.of(), OptionalLong.empty())
                .here()
                .exits(0);

        assertThat(run.err()).contains("creatures: 5 rows");
        List<JsonNode> rows = rows();
        assertThat(rows)
                .extracting(row -> row.path("id").asInt())
                .containsExactlyInAnyOrder(9898, 88787, 98, 3333, 56565);
        assertThat(rows)
                .filteredOn(row -> row.path("id").asInt() == 9898)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.path("name").asString()).isEqualTo("BIZON");
                    assertThat(row.path("called").asString()).isEqualTo("bizon");
                });
    }

    @Test
    @DisplayName("case 3")
    void a_transform_that_fails_stops_the_run_which_names_it_and_publishes_nothing() throws IOException {
        pipeline(", sleep: 0.2", """
                transforms: [{label: missing, jq: '.no_such_key | ascii_upcase'}]
                error_handling: {on_bad_record: fail}
                """);

        ChildResult run = ChildCommand.run(folder, "p.yml").here().exits(1);

        assertThat(run.status()).isEqualTo("failed");
        assertThat(run.err()).contains("missing", "pages of creatures");
        assertThat(rows()).isEmpty();
    }

    private void pipeline(String source, String rest) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: p
                source: {name: dummy, stream: creatures%s}
                destination: {name: file, config: {path: %s/out/}}
                """.formatted(source, folder) + rest);
    }

    /// The records inside the envelopes.
    private List<JsonNode> rows() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path part : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(part)) {
                    rows.add(JsonMapper.shared().readTree(line).path("source_data"));
                }
            }
        }
        return rows;
    }
}
