package dev.wisent.connectors.core.files;

import dev.wisent.api.Reject;
import dev.wisent.api.error.SplitFailure;
import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.Contract;
import dev.wisent.columnar.CsvOptions;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Decoders;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import dev.wisent.columnar.ValueForm;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Columns whose values stand in a file's path, as `key=value` folders: the same one in each row of the file. What the
/// records say under these names does not count.
final class PathColumns {
    /// How Hive spells null.
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private final String where;
    private final List<String> names;
    private final ValueForm.ByColumn forms;
    /// One row of each, made when the column's type is known.
    private final Map<String, Column> values = new TreeMap<>();

    PathColumns(List<String> names, ValueForm.ByColumn forms, String where) {
        this.names = names;
        this.forms = forms;
        this.where = where;
    }

    /// The schema with those columns the records don't have.
    static Schema added(Schema schema, List<String> names) {
        List<Field> fields = new ArrayList<>(schema.fields());
        for (String name : names) {
            if (schema.indexOf(name).isEmpty()) {
                fields.add(Field.nullable(name, DataType.STRING));
            }
        }
        return fields.size() == schema.size() ? schema : Schema.of(fields);
    }

    /// The same rows with the path's values in its columns.
    RecordBatch in(RecordBatch batch) {
        if (names.isEmpty() || batch.rows() == 0) {
            return batch;
        }
        List<Column> columns = new ArrayList<>(batch.columns());
        for (String name : names) {
            OptionalInt index = batch.schema().indexOf(name);
            if (index.isPresent()) {
                Field field = batch.schema().field(index.getAsInt());
                Column one = values.computeIfAbsent(name, n -> value(field));
                Column all = Column.of(field.type());
                for (int row = 0; row < batch.rows(); row++) {
                    all.appendFrom(one, 0);
                }
                columns.set(index.getAsInt(), all);
            }
        }
        return RecordBatch.over(batch.schema(), columns, batch.rows())
                .number(batch.numbering())
                .place(batch.places())
                .routeTo(batch.destinationId());
    }

    /// What the path says, as a record of that one column would.
    private Column value(Field field) {
        Column one = Column.of(field.type());
        Optional<String> text = text(where, field.name());
        if (text.isEmpty()) {
            one.appendNull();
            return one;
        }
        StreamSchema schema = new StreamSchema(Schema.of(Field.nullable(field.name(), field.type())));
        ByteDecoder decoder = Decoders.csv(
                DecoderOptions.of(schema, Contract.EXPLICIT).withForms(forms),
                CsvOptions.DEFAULT.withHeader(CsvOptions.Header.ABSENT).withColumns(List.of(field.name())));
        byte[] line = ('"' + text.get().replace("\"", "\"\"") + '"').getBytes(StandardCharsets.UTF_8);
        RecordSink sink = new RecordSink() {
            @Override
            public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
                if (batch.rows() > 0) {
                    one.appendFrom(batch.column(0), 0);
                }
            }

            @Override
            public void bad(BadRecord bad) {
                throw new SplitFailure(
                        Reject.Stage.PARSE,
                        "the path's value for column '" + field.name() + "' is no "
                                + field.type().text() + ": " + bad.message(),
                        where,
                        new IOException("'" + text.get() + "'"));
            }
        };
        decoder.feed(line, 0, line.length, sink);
        decoder.end(sink);
        return one;
    }

    /// The last folder that says `key=`, with percent-encoding undone; empty: none does, or it says null.
    static Optional<String> text(String where, String key) {
        String found = NULL;
        int end = where.lastIndexOf('/');
        for (String folder : where.substring(0, Math.max(0, end)).split("/", -1)) {
            if (folder.startsWith(key + "=")) {
                found = folder.substring(key.length() + 1);
            }
        }
        if (found.equals(NULL)) {
            return Optional.empty();
        }
        try {
            return Optional.of(URLDecoder.decode(found.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.of(found);
        }
    }
}
