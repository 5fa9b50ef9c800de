package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `cast: {column: type}`: exact conversions only; a record with a value that does not fit is refused.
public final class Cast extends BuiltIn {
    /// What the document `null` in a string becomes.
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, DataType> types;

    Cast(Map<String, DataType> types) {
        this.types = new LinkedHashMap<>(types);
    }

    @Override
    public String fingerprint() {
        StringBuilder text = new StringBuilder("cast");
        types.forEach(
                (column, type) -> text.append(' ').append(column).append(':').append(type.text()));
        return text.toString();
    }

    @Override
    ColumnPlan columns(Schema input) {
        types.keySet().forEach(name -> find(input, name));
        List<Field> fields = input.fields().stream()
                .map(field -> field.typed(types.getOrDefault(field.name(), field.type())))
                .toList();
        return new Plan(input, Schema.of(fields));
    }

    private static final class Plan implements ColumnPlan {
        private final Schema output;
        private final List<Optional<Conversion>> conversions = new ArrayList<>();
        private final RowCopy copy = new RowCopy();

        Plan(Schema input, Schema output) {
            this.output = output;
            for (int i = 0; i < input.size(); i++) {
                Field from = input.field(i);
                DataType to = output.field(i).type();
                conversions.add(
                        from.type().equals(to)
                                ? Optional.empty()
                                : Optional.of(Conversion.of(from.name(), from.type(), to)));
            }
        }

        @Override
        public Optional<Schema> output() {
            return Optional.of(output);
        }

        @Override
        public Applied apply(RecordBatch batch) {
            Refusals refusals = new Refusals(batch.rows());
            List<Column> columns = new ArrayList<>(output.size());
            for (int i = 0; i < output.size(); i++) {
                Column from = batch.column(i);
                columns.add(
                        conversions.get(i).isEmpty()
                                ? from
                                : converted(conversions.get(i).get(), from, refusals));
            }
            return refusals.without(RecordBatch.over(output, columns, batch.rows()), copy);
        }

        private static Column converted(Conversion conversion, Column from, Refusals refusals) {
            conversion.clear();
            Column to = conversion.column();
            for (int row = 0; row < from.size(); row++) {
                if (from.isAbsent(row)) {
                    to.appendAbsent();
                } else if (from.isNull(row)) {
                    to.appendNull();
                } else {
                    Optional<String> wrong = conversion.convert(from, row);
                    if (wrong.isPresent()) {
                        to.appendNull();
                        refusals.add(row, wrong.get());
                    }
                }
            }
            return to;
        }
    }

    @Override
    ColumnPlan records() {
        Map<String, JsonCast> casts = new LinkedHashMap<>();
        Map<String, OneValue> texts = new LinkedHashMap<>();
        types.forEach((key, type) -> {
            casts.put(key, new JsonCast(key, type));
            texts.put(key, new OneValue(type));
        });
        return new RecordEdit((members, out) -> {
            for (int i = 0; i < members.count(); i++) {
                String key = members.key(i);
                JsonCast cast = casts.get(key);
                OneValue text = texts.get(key);
                if (cast == null || text == null || members.isNull(i)) {
                    out.copy(members, i);
                    continue;
                }
                Optional<String> wrong = cast.convert(
                        members.data(), members.from(i), members.to(i) - members.from(i), JsonCast.From.TEXT);
                if (wrong.isPresent()) {
                    return wrong;
                }
                out.key(ObjectText.quote(key));
                if (cast.column().isNull(0)) {
                    out.raw(NULL, 0, NULL.length);
                } else {
                    text.write(cast.column(), 0);
                    out.raw(text.array(), text.from(), text.length());
                }
            }
            return Optional.empty();
        });
    }

    /// Reads `cast`.
    public static final class Factory implements TransformFactory {
        private static final Key<Map<String, String>> TYPES = Key.textMap("cast")
                .about("types by column; only exact conversions, other records are rejects")
                .example("{amount: \"decimal(12,2)\"}")
                .required();

        @Override
        public String name() {
            return "cast";
        }

        @Override
        public String summary() {
            return "Gives columns other types: cast: {amount: decimal(12,2)}.";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(TYPES);
        }

        @Override
        public Transform create(ConfigSection config) {
            Map<String, DataType> types = new LinkedHashMap<>();
            Texts.filled(config, TYPES).forEach((column, text) -> {
                try {
                    types.put(column, TypeParser.parse(text));
                } catch (IllegalArgumentException noType) {
                    config.problem(TYPES.name(), "column '" + column + "': " + noType.getMessage(), "");
                }
            });
            return new Cast(types);
        }
    }
}
