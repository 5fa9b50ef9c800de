package dev.wisent.flows;

import dev.wisent.connectors.kafka.KafkaBroker;
import dev.wisent.connectors.kafka.Topics;
import dev.wisent.connectors.queuerabbitmq.Broker;
import dev.wisent.testkit.ChildCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Before the first child of this JVM: rows go out of a topic and through each queue there is a broker for into each kind of
/// destination, so that all children find the classes they need in a cache. Whoever comes meanwhile waits.
final class Trained implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(Trained.class);
    private static final String STARTED = "{name: generator, stream: orders, rows: 100, page_size: 10}";

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(NAMESPACE).computeIfAbsent(Trained.class, once -> train());
    }

    private static Trained train() {
        try (Topics topics = new Topics(KafkaBroker.shared())) {
            Path folder = Files.createTempDirectory("wisent-flows");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            String topic = topics.make("training", 1);
            topics.send(new ProducerRecord<>(topic, "{\"id\":1}".getBytes(StandardCharsets.UTF_8)));
            String source = """
                    {name: kafka, stream: herd, sync_mode: incremental, bootstrap_servers: "%s", topics: [{name: %s}],
                      read_as: columns, schema: {fields: [{name: id, type: int64}]}}""".formatted(KafkaBroker.shared().servers(), topic);
            List<ChildCommand> commands = new ArrayList<>(List.of(
                    command(folder.resolve("one"), source, Target.POSTGRES, "{type: memory}"),
                    command(folder.resolve("two"), STARTED, Target.DELTA, Through.KAFKA.queue("training-two")),
                    command(folder.resolve("three"), STARTED, Target.DUCKDB, "{type: memory}")));
            // a machine that has none skips the tests that need it, and no others
            if (Broker.isInstalled()) {
                commands.add(
                        command(folder.resolve("four"), STARTED, Target.FILE, Through.RABBITMQ.queue("training-four")));
            }
            ChildCommand.training(folder, commands).ifPresent(trained -> trained.exits(0));
            return new Trained();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            // what is left of a temporary folder harms nobody
        }
    }

    private static ChildCommand command(Path folder, String source, Target target, String queue) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: %s
                source: %s
                destination: {%s}}
                engine: {until_idle: 0.1, queue: %s, backend: {database: "%s"}}
                """.formatted(
                        folder.getFileName(), source, target.destination(folder), queue, folder.resolve("state.db")));
        return ChildCommand.run(folder, "pipeline.yml");
    }
}
