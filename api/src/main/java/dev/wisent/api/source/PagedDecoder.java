package dev.wisent.api.source;

import dev.wisent.api.Reject;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Numbering;
import dev.wisent.columnar.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Puts the records of a page into batches, each after a look at whether it is one JSON object.
final class PagedDecoder implements Decoder {
    private static final int MOST_RAW = 64 << 10;

    private final RecordBatch batch = RecordBatch.of(RawRecords.SCHEMA);
    private final long maxRecordBytes;
    private final String where;

    PagedDecoder(long maxRecordBytes, String where) {
        this.maxRecordBytes = maxRecordBytes;
        this.where = where;
    }

    @Override
    public void decode(Fetched.Chunk chunk, BatchSink out) {
        if (!(chunk.payload() instanceof Payload.Client(PagedReader.Numbered page, long _))) {
            throw new IllegalArgumentException("a chunk of another source: " + chunk.payload());
        }
        batch.clear();
        for (String text : page.records()) {
            byte[] record = text.getBytes(StandardCharsets.UTF_8);
            Optional<Reject> refused = refused(record, text, page.number());
            if (refused.isPresent()) {
                out.reject(refused.get());
            } else {
                ((BytesColumn) batch.column(RawRecords.DATA)).append(record);
                batch.column(RawRecords.TIMESTAMP).appendNull();
                batch.endRow();
            }
        }
        batch.number(new Numbering.Within(page.number(), 0));
        out.rows(batch, chunk.stand().orElseThrow());
    }

    private Optional<Reject> refused(byte[] record, String text, long page) {
        if (record.length > maxRecordBytes) {
            return Optional.of(reject(
                    record,
                    page,
                    ErrorCode.RECORD_TOO_LARGE,
                    "a record of " + record.length + " bytes; max_record_bytes is " + maxRecordBytes));
        }
        return problem(text).map(message -> reject(record, page, ErrorCode.BAD_RECORD, message));
    }

    private Reject reject(byte[] record, long page, ErrorCode code, String message) {
        return new Reject(
                1,
                Reject.Stage.PARSE,
                where + ", page " + page,
                page,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Arrays.copyOf(record, Math.min(record.length, MOST_RAW)),
                record.length,
                code.id(),
                message);
    }

    private static Optional<String> problem(String text) {
        try (JsonParser parser = JsonMapper.shared().createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.of("not a JSON object");
            }
            parser.skipChildren();
            return parser.nextToken() == null ? Optional.empty() : Optional.of("something follows the JSON object");
        } catch (JacksonException notJson) {
            return Optional.of("not JSON: " + notJson.getOriginalMessage());
        }
    }

    @Override
    public void end(BatchSink out) {}

    @Override
    public void close() {}
}
