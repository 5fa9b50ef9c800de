package dev.wisent.connectors.transformjq;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Applied.Refused;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/// Takes each row out as JSON, through the program, and back in.
final class JqStep implements TransformStep {
    /// No digit of a number is lost on the way through; only jq's arithmetic works with doubles, as in jq itself. The sizes of
    /// records are bounded where they are read.
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(2_000)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final JqProgram program;
    private final GrownSchema grown;
    private final OutputBuffer text = new OutputBuffer();
    private Optional<Encoder> encoder = Optional.empty();
    private Optional<RecordsBack> back = Optional.empty();

    private record Encoder(Schema schema, NdjsonEncoder rows) {}

    JqStep(JqProgram program, GrownSchema grown) {
        this.program = program;
        this.grown = grown;
    }

    /// An object the program made of row `row`.
    record Made(int row, byte[] json) {}

    @Override
    public Applied apply(RecordBatch batch) {
        boolean schemaless = batch.schema().equals(RawRecords.SCHEMA);
        List<Made> made = new ArrayList<>(batch.rows());
        List<Refused> refused = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            int before = made.size();
            try {
                run(row, schemaless ? record(batch, row) : object(batch, row), made);
            } catch (IOException e) {
                made.subList(before, made.size()).clear();
                refused.add(new Refused(row, ErrorCode.TRANSFORM_FAILED, JqProgram.firstLine(e)));
            }
        }
        RecordsBack answer = back.filter(b -> b.schemaless() == schemaless)
                .orElseGet(() -> schemaless ? new RawBack() : new ColumnsBack(grown));
        back = Optional.of(answer);
        return answer.rows(batch, made, refused);
    }

    private void run(int row, JsonNode record, List<Made> made) throws JsonQueryException, JsonProcessingException {
        List<JsonNode> results = new ArrayList<>(1);
        program.run(record, results::add);
        for (JsonNode result : results) {
            if (!result.isObject()) {
                throw new JsonQueryException("the program gave " + described(result) + ", not an object");
            }
            made.add(new Made(row, JSON.writeValueAsBytes(result)));
        }
    }

    private static String described(JsonNode result) {
        return switch (result.getNodeType()) {
            case NULL, MISSING -> "null";
            case ARRAY -> "an array";
            case BOOLEAN -> "true or false";
            case NUMBER -> "a number";
            case STRING -> "a string";
            case OBJECT, POJO, BINARY -> "something else";
        };
    }

    private static JsonNode record(RecordBatch batch, int row) throws IOException {
        BytesColumn data = (BytesColumn) batch.column(RawRecords.DATA);
        return JSON.readTree(data.data(), data.start(row), data.length(row));
    }

    private JsonNode object(RecordBatch batch, int row) throws IOException {
        if (encoder.isEmpty() || !encoder.get().schema().equals(batch.schema())) {
            encoder = Optional.of(new Encoder(batch.schema(), new NdjsonEncoder(batch.schema())));
        }
        text.clear();
        encoder.get().rows().encode(batch, row, row + 1, text);
        return JSON.readTree(text.array(), 0, text.length());
    }
}
