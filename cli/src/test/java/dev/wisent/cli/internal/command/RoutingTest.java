package dev.wisent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.Traits;
import dev.wisent.cli.internal.config.Connectors;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.core.dummy.DummyFactory;
import dev.wisent.connectors.core.file.FileFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One stream, many targets: records of a source that names a topic for each.
class RoutingTest {
    @TempDir
    Path folder;

    private Terminal terminal() {
        return new Terminal(folder, Connectors.holding(List.of(new TopicsFactory()), List.of(new FileFactory())));
    }

    @Test
    void the_records_of_each_topic_arrive_in_the_target_that_its_stream_names() throws IOException {
        write("integer");
        Terminal terminal = terminal();

        assertThat(terminal.run("run", "p.yml")).as(terminal.err()).isZero();

        Map<String, List<String>> targets = targets();
        assertThat(targets.keySet()).containsExactly("shop.raw.one", "shop.raw.two", "topic-3");
        assertThat(targets.get("shop.raw.one")).containsExactly("{\"id\":9898}", "{\"id\":88787}");
        assertThat(targets.get("shop.raw.two"))
                .hasSize(2)
                .allMatch(row -> row.contains("\"destination_id\":\"shop.raw.two\""));
        assertThat(targets.get("topic-3")).as("which no stream picks").hasSize(1);
    }

    @Test
    void a_record_that_becomes_a_reject_is_replayed_into_its_own_target() throws IOException {
        write("boolean");
        Terminal terminal = terminal();
        assertThat(terminal.run("run", "p.yml", "--json")).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("\"rejected\":2");
        assertThat(targets()).doesNotContainKey("shop.raw.one");

        write("integer");
        assertThat(terminal.run("rejects", "replay", "p.yml"))
                .as(terminal.err())
                .isZero();

        assertThat(targets().get("shop.raw.one")).containsExactlyInAnyOrder("{\"id\":9898}", "{\"id\":88787}");
        assertThat(targets()).doesNotContainKey("topics_creatures");
    }

    private void write(String type) throws IOException {
        Files.writeString(folder.resolve("p.yml"), """
                name: routed
                source: {name: topics, stream: creatures, sync_mode: stream}
                destination: {name: file, config: {path: '%s/out/', unnest: true, commit_interval: 0.05}}
                engine: {until_idle: 0.3}
                streams:
                  - name: one
                    source: {topic: topic-1}
                    destination: {table_id: shop.raw.one, record_schema: [{name: id, type: %s, mode: REQUIRED}]}
                  - name: two
                    source: {topic: topic-2}
                    destination: {table_id: shop.raw.two}
                """.formatted(folder, type));
    }

    /// The rows of each folder below the output.
    private Map<String, List<String>> targets() throws IOException {
        Map<String, List<String>> targets = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson"))
                    .filter(f -> !f.toString().contains(".wisent"))
                    .sorted()
                    .toList()) {
                targets.merge(
                        String.valueOf(file.getParent().getFileName()),
                        Files.readAllLines(file),
                        (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
            }
        }
        return targets;
    }

    /// The pages of `dummy`, the n-th of them marked `topic-n`.
    private static final class TopicsFactory implements SourceFactory {
        private final DummyFactory dummy = new DummyFactory();

        @Override
        public String name() {
            return "topics";
        }

        @Override
        public String summary() {
            return "three topics";
        }

        @Override
        public List<StreamInfo> knownStreams() {
            return dummy.knownStreams();
        }

        @Override
        public ConfigShape keys() {
            return dummy.keys();
        }

        @Override
        public Routing routing() {
            return Routing.BY_RECORD;
        }

        @Override
        public Source create(ConfigSection config, SourceSettings settings) {
            return new Topics(dummy.create(config, settings));
        }
    }

    private record Topics(Source pages) implements Source {
        @Override
        public void check() {
            pages.check();
        }

        @Override
        public List<StreamInfo> streams() {
            return pages.streams();
        }

        @Override
        public Traits traits(StreamId stream) {
            return pages.traits(stream);
        }

        @Override
        public String fingerprint(StreamId stream) {
            return pages.fingerprint(stream);
        }

        @Override
        public Planner plan(ReadRequest request) {
            return pages.plan(request);
        }

        @Override
        public SplitReader reader(ReaderContext context) {
            return pages.reader(context);
        }

        @Override
        public Decoder decoder(Split split, DecodeContext context) {
            return new Marking(pages.decoder(split, context));
        }

        @Override
        public void close() {
            pages.close();
        }
    }

    private record Marking(Decoder pages) implements Decoder {
        @Override
        public void decode(Fetched.Chunk chunk, BatchSink out) {
            pages.decode(chunk, new BatchSink() {
                @Override
                public void rows(RecordBatch batch, Stand upTo) {
                    String topic = "topic-" + upTo.position().ordinal();
                    out.rows(batch.routeTo(Optional.of(topic)), upTo);
                }

                @Override
                public void reject(Reject reject) {
                    out.reject(reject);
                }

                @Override
                public void discarded(long values) {
                    out.discarded(values);
                }
            });
        }

        @Override
        public void end(BatchSink out) {
            pages.end(out);
        }

        @Override
        public void close() {
            pages.close();
        }
    }
}
