package dev.wisent.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.queuerabbitmq.SharedBroker;
import dev.wisent.connectors.queuerabbitmq.read.Queues;
import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.ChildResult;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Queues of a real broker into tables, by runs that die and lose their state store: which messages are there is known from the
/// destination alone.
@ExtendWith(Trained.class)
class MessagesIntoTablesTest {
    private static final int MESSAGES = 300;

    @TempDir
    Path folder;

    private final Queues queues = new Queues();

    @AfterEach
    void close() {
        queues.close();
    }

    @Test
    void messages_on_their_way_into_postgres_are_there_once_whatever_dies() throws IOException {
        String queue = queues.make("herd");
        queues.fill(queue, 0, MESSAGES);
        Files.writeString(folder.resolve("pipeline.yml"), """
                name: %s
                source: {name: rabbitmq, stream: herd, port: %d, queues: [{name: %s}], read_as: value, message_id: property, prefetch: 50}
                destination: {%s, commit_interval: 0.1, unnest: true,
                  record_schemas: [{destination_id: rows, record_schema: [{name: id, type: int64}]}]}}
                engine: {backend: {type: sqlite_in_memory}}
                """.formatted(
                        queue, SharedBroker.broker().port(), queue, Target.POSTGRES.destination(folder)));
        ChildCommand command = ChildCommand.run(folder, "pipeline.yml");
        assertThat(command.killedAt(Boundary.COMMITTED, 2).result().exit()).isEqualTo(ChildResult.KILLED);
        command.here().exits(0);

        RowBag sent = new RowBag();
        IntStream.range(0, MESSAGES).forEach(id -> sent.add("{\"id\":" + id + "}"));
        assertThat(Target.POSTGRES.rows(folder).differences(sent)).isEmpty();
        assertThat(queues.left(queue)).isZero();
    }
}
