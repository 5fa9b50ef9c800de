package dev.wisent.connectors.core.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.api.destination.DestinationHandle;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.core.Configs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggerTest {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final BatchDestination logger = ((DestinationHandle.Batches) Configs.read(
                    Map.of("dummy", "dummy"),
                    config -> new LoggerFactory().create(config, Configs.destination(1 << 20, console))))
            .destination();

    @Test
    void columns_are_shown_as_a_line_of_json() throws Exception {
        RecordBatch batch = RecordBatch.of(
                Schema.of(Field.required("id", DataType.INT64), Field.nullable("name", DataType.STRING)));
        ((LongColumn) batch.column(0)).append(7);
        ((BytesColumn) batch.column(1)).append("Bär");
        batch.endRow();

        logger.write(new TargetId("t"), batch);

        assertThat(shown()).isEqualTo("{\"id\":7,\"name\":\"Bär\"}\n");
    }

    @Test
    void a_schemaless_record_is_shown_without_its_envelope_and_on_one_line() throws Exception {
        RecordBatch batch = RecordBatch.of(
                Schema.of(Field.required("wisent_id", DataType.STRING), Field.required("source_data", DataType.JSON)));
        ((BytesColumn) batch.column(0)).append("x");
        ((BytesColumn) batch.column(1)).append("{\"id\":\n1}");
        batch.endRow();

        logger.write(new TargetId("t"), batch);

        assertThat(shown()).isEqualTo("{\"id\": 1}\n");
    }

    private String shown() {
        return console.toString(StandardCharsets.UTF_8);
    }
}
