package dev.wisent.api.format;

import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import dev.wisent.columnar.ValueForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The section `schema` of a source whose records don't carry their types: the columns, and how their values are written
/// where the type does not tell.
public record DeclaredSchema(Schema schema, ValueForm.ByColumn forms) {
    private static final Key<String> NAME =
            Key.text("name").about("the field's name").required();
    private static final Key<DataType> TYPE = Key.text("type")
            .about("a type of formats.md")
            .as("a type", DataType.STRING, TypeParser::parse)
            .standard(DataType.STRING, "string");
    private static final Key<Boolean> NULLABLE =
            Key.truth("nullable").about("whether it may be missing or null").standard(true);
    private static final Key<Optional<ValueForm.Unit>> UNIT = Key.choice("unit", ValueForm.Unit.class)
            .about("`timestamp`: what its numbers count since 1970-01-01T00:00Z; RFC 3339 is taken, too")
            .optional("numbers are refused");
    private static final Key<Optional<ValueForm.Encoding>> ENCODING = Key.choice("encoding", ValueForm.Encoding.class)
            .about("`binary`: how bytes are spelled")
            .optional("`base64`");
    private static final Key<List<ConfigSection>> FIELDS = Key.nestedList(
                    "fields", ConfigShape.of(NAME, TYPE, NULLABLE, UNIT, ENCODING))
            .about("the fields of a record")
            .orEmpty();

    public static final ConfigShape KEYS = ConfigShape.of(FIELDS);

    public static DeclaredSchema read(ConfigSection section) {
        List<Field> fields = new ArrayList<>();
        Map<String, ValueForm> forms = new LinkedHashMap<>();
        for (ConfigSection field : section.read(FIELDS)) {
            String name = field.read(NAME);
            DataType type = field.read(TYPE);
            boolean nullable = field.read(NULLABLE);
            Optional<ValueForm> form = form(field, type);
            boolean known = fields.stream().anyMatch(f -> f.name().equals(name));
            if (known) {
                field.problem("name", "two fields are named '" + name + "'", "");
            } else if (!name.isEmpty()) {
                fields.add(nullable ? Field.nullable(name, type) : Field.required(name, type));
                form.ifPresent(said -> forms.put(name, said));
            }
        }
        return new DeclaredSchema(Schema.of(fields), new ValueForm.ByColumn(forms));
    }

    /// How the field's values are written; empty: as they are where nothing is said.
    private static Optional<ValueForm> form(ConfigSection field, DataType type) {
        Optional<ValueForm.Unit> unit = field.read(UNIT);
        Optional<ValueForm.Encoding> encoding = field.read(ENCODING);
        if (unit.isPresent() && !ValueForm.takesUnit(type)) {
            field.problem(
                    UNIT.name(), "is for numbers that are instants, and the type is " + type.text(), "type: timestamp");
        }
        if (encoding.isPresent() && !ValueForm.takesEncoding(type)) {
            field.problem(ENCODING.name(), "is for bytes, and the type is " + type.text(), "type: binary");
        }
        ValueForm form = new ValueForm(unit, encoding.orElse(ValueForm.Encoding.BASE64));
        return Optional.of(form).filter(said -> !said.equals(ValueForm.STANDARD));
    }
}
