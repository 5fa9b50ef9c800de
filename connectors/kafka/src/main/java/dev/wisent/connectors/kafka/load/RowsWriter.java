package dev.wisent.connectors.kafka.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Flushing;
import dev.wisent.api.destination.LaneWriter;
import dev.wisent.api.destination.Writer;
import dev.wisent.api.fault.Boundary;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.JsonValueEncoder;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RowOp;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes messages of rows: the value is the row as a JSON object, the key its key columns, as a JSON value if there is one and
/// an object of several. A row that deletes has no value.
final class RowsWriter implements LaneWriter {
    private final Supplier<Rows> begin;
    private final Function<TargetId, String> topic;
    private final List<String> key;
    private final Map<TargetId, TopicWriter> writers = new HashMap<>();
    private Optional<Rows> open = Optional.empty();

    RowsWriter(Supplier<Rows> begin, Function<TargetId, String> topic, List<String> key) {
        this.begin = begin;
        this.topic = topic;
        this.key = key;
    }

    @Override
    public Writer target(TargetId target, Schema schema) {
        TopicWriter known = writers.get(target);
        if (known != null && known.schema.equals(schema)) {
            return known;
        }
        TopicWriter writer = new TopicWriter(target, topic.apply(target), schema);
        writers.put(target, writer);
        return writer;
    }

    private Rows rows() {
        if (open.isEmpty()) {
            open = Optional.of(begin.get());
        }
        return open.get();
    }

    private record KeyColumn(String name, int index, JsonValueEncoder encoder) {}

    private final class TopicWriter implements Writer {
        private final TargetId target;
        private final String name;
        private final Schema schema;
        private final NdjsonEncoder encoder;
        private final List<KeyColumn> keys = new ArrayList<>();

        TopicWriter(TargetId target, String name, Schema schema) {
            this.target = target;
            this.name = name;
            this.schema = schema;
            this.encoder = new NdjsonEncoder(schema);
            for (String column : key) {
                OptionalInt index = schema.indexOf(column);
                index.ifPresent(at -> keys.add(new KeyColumn(
                        column, at, new JsonValueEncoder(schema.field(at).type()))));
            }
        }

        @Override
        public void write(RecordBatch batch) {
            if (batch.rows() == 0) {
                return;
            }
            Rows.Part part = rows().of(target, name);
            for (int row = 0; row < batch.rows(); row++) {
                OutputBuffer out = part.messages.next();
                if (!keys.isEmpty()) {
                    key(batch, row, out);
                    part.messages.endKey();
                }
                if (keys.isEmpty() || batch.op(row) != RowOp.DELETE) {
                    encoder.encode(batch, row, row + 1, out);
                    // Without the line end behind it.
                    out.truncate(out.length() - 1);
                    part.messages.endValue();
                }
                part.messages.end();
            }
            part.rows += batch.rows();
            Boundary.reached(Boundary.STAGING);
        }

        private void key(RecordBatch batch, int row, OutputBuffer out) {
            if (keys.size() == 1) {
                append(batch, row, keys.getFirst(), out);
                return;
            }
            String between = "{\"";
            for (KeyColumn each : keys) {
                out.putAscii(between);
                out.put(each.name()
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.putAscii("\":");
                append(batch, row, each, out);
                between = ",\"";
            }
            out.putAscii("}");
        }

        private void append(RecordBatch batch, int row, KeyColumn from, OutputBuffer out) {
            Column column = batch.column(from.index());
            if (column.isNull(row)) {
                out.putAscii("null");
            } else {
                from.encoder().encode(column, row, out);
            }
        }
    }

    @Override
    public long heldBytes() {
        return open.map(Rows::bytes).orElse(0L);
    }

    @Override
    public Flushing flush() {
        if (open.isEmpty()) {
            return Flushing.done(List.of());
        }
        Rows done = open.get();
        open = Optional.empty();
        List<Fragment> fragments = new ArrayList<>();
        done.close();
        done.parts()
                .forEach((target, part) -> fragments.add(
                        new Fragment(target, Fragment.Kind.SESSION, done.id, part.rows, part.messages.bytes())));
        Boundary.reached(Boundary.STAGED);
        return Flushing.done(fragments);
    }

    @Override
    public void drop() {
        open = Optional.empty();
        writers.clear();
    }

    @Override
    public void close() {
        drop();
    }
}
