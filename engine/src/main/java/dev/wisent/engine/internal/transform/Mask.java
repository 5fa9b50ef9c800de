package dev.wisent.engine.internal.transform;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.transform.Applied;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformFactory;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.FieldNotes;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `mask: {column: hash | redact}`: the column becomes a string; null stays null, absent stays absent.
public final class Mask extends BuiltIn {
    /// What stands in a redacted column.
    static final String REDACTED = "***";

    private final Map<String, Way> ways;
    private final Optional<String> salt;

    /// How a value is hidden.
    enum Way {
        /// SHA-256 of its text in hexadecimal; with a salt, of the salt and the text behind it.
        HASH,
        /// [#REDACTED].
        REDACT
    }

    Mask(Map<String, Way> ways, Optional<String> salt) {
        this.ways = new LinkedHashMap<>(ways);
        this.salt = salt;
    }

    @Override
    public String fingerprint() {
        return "mask " + ways
                + salt.map(s -> " salt " + new Hash(salt).of("salt".getBytes(StandardCharsets.UTF_8)))
                        .orElse("");
    }

    @Override
    ColumnPlan columns(Schema input) {
        ways.keySet().forEach(name -> find(input, name));
        List<Field> fields = input.fields().stream()
                .map(field -> ways.containsKey(field.name())
                        ? field.noted(FieldNotes.description(field.notes().description()))
                                .typed(DataType.STRING)
                        : field)
                .toList();
        return new Plan(input, Schema.of(fields));
    }

    private final class Plan implements ColumnPlan {
        private final Schema input;
        private final Schema output;
        private final Hash hash = new Hash(salt);
        private final List<BytesColumn> masked = new ArrayList<>();
        private final List<OneValue> texts = new ArrayList<>();

        Plan(Schema input, Schema output) {
            this.input = input;
            this.output = output;
            for (Field field : input.fields()) {
                masked.add((BytesColumn) Column.of(DataType.STRING));
                texts.add(new OneValue(field.type()));
            }
        }

        @Override
        public Optional<Schema> output() {
            return Optional.of(output);
        }

        @Override
        public Applied apply(RecordBatch batch) {
            List<Column> columns = new ArrayList<>(output.size());
            for (int i = 0; i < output.size(); i++) {
                Way way = ways.get(input.field(i).name());
                columns.add(way == null ? batch.column(i) : masked(batch.column(i), i, way));
            }
            return Applied.same(RecordBatch.over(output, columns, batch.rows()));
        }

        private Column masked(Column from, int index, Way way) {
            BytesColumn to = masked.get(index);
            to.clear();
            for (int row = 0; row < from.size(); row++) {
                if (from.isAbsent(row)) {
                    to.appendAbsent();
                } else if (from.isNull(row)) {
                    to.appendNull();
                } else if (way == Way.REDACT) {
                    to.append(REDACTED);
                } else if (from instanceof BytesColumn text
                        && input.field(index).type() instanceof DataType.Text) {
                    hash.append(text.data(), text.start(row), text.length(row), to);
                } else {
                    OneValue text = texts.get(index);
                    text.write(from, row);
                    text.unquote();
                    hash.append(text.array(), text.from(), text.length(), to);
                }
            }
            return to;
        }
    }

    @Override
    ColumnPlan records() {
        Hash hash = new Hash(salt);
        byte[] redacted = ObjectText.quote(REDACTED);
        return new RecordEdit((members, out) -> {
            for (int i = 0; i < members.count(); i++) {
                String key = members.key(i);
                Way way = ways.get(key);
                if (way == null || members.isNull(i)) {
                    out.copy(members, i);
                    continue;
                }
                byte[] value = way == Way.REDACT
                        ? redacted
                        : ObjectText.quote(hash.of(members.text(i).getBytes(StandardCharsets.UTF_8)));
                out.key(ObjectText.quote(key));
                out.raw(value, 0, value.length);
            }
            return Optional.empty();
        });
    }

    /// Reads `mask`.
    public static final class Factory implements TransformFactory {
        private static final Key<Map<String, String>> WAYS = Key.textMap("mask")
                .about("by column `hash` (SHA-256 of the text, hexadecimal) or `redact` (`***`)")
                .example("{email: hash, phone: redact}")
                .required();
        private static final Key<Optional<String>> SALT = Key.text("salt")
                .about(
                        "a secret text put in front of each value before it is hashed, so that nobody can look values up; best a reference")
                .example("env://MASK_SALT")
                .secret()
                .optional();

        @Override
        public String name() {
            return "mask";
        }

        @Override
        public String summary() {
            return "Hides values: mask: {email: hash, phone: redact}.";
        }

        @Override
        public ConfigShape keys() {
            return ConfigShape.of(WAYS, SALT);
        }

        @Override
        public Transform create(ConfigSection config) {
            Map<String, Way> ways = new LinkedHashMap<>();
            Texts.filled(config, WAYS).forEach((column, way) -> {
                switch (way.strip().toLowerCase(Locale.ROOT)) {
                    case "hash" -> ways.put(column, Way.HASH);
                    case "redact" -> ways.put(column, Way.REDACT);
                    default -> config.problem(WAYS.name(), "column '" + column + "' must say hash or redact", "");
                }
            });
            return new Mask(ways, config.read(SALT).filter(salt -> !salt.isEmpty()));
        }
    }
}
