package dev.wisent.connectors.postgres.load;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeLattice;
import dev.wisent.connectors.postgres.PostgresColumn;
import dev.wisent.connectors.postgres.PostgresTable;
import dev.wisent.connectors.postgres.PostgresType;
import dev.wisent.connectors.postgres.Session;
import dev.wisent.connectors.sql.staged.RowChanges;
import dev.wisent.connectors.sql.staged.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How rows of a schema go into a table that is there: what has to change first, and in which form each column is sent.
///
/// @param changes columns to add or to widen, as the actions of an ALTER TABLE
/// @param types what each column takes, when the changes are made
/// @param silent columns of a table of Wisent's that rows lack and that have a default: they are written as null
record TableFit(
        TableName table,
        Maker maker,
        Schema schema,
        List<String> changes,
        List<TargetType> types,
        List<String> silent) {
    private static final String ADD = "ADD COLUMN IF NOT EXISTS ";

    /// Who made the table.
    enum Maker {
        /// Its columns grow with the types of rows.
        WISENT,
        /// It is used as it is, as long as values fit.
        SOMEBODY
    }

    /// Refuses a column that could hold a value only in a changed form.
    static TableFit of(TableName name, PostgresTable table, Maker maker, Schema schema) {
        if (table.kind() != 'r' && table.kind() != 'p') {
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED, "'" + name + "' is no table but a view, or one of elsewhere")
                    .where(name.toString())
                    .hint("name another destination_id");
        }
        List<String> changes = new ArrayList<>();
        List<TargetType> types = new ArrayList<>();
        for (Field field : schema.fields()) {
            checkName(name, field);
            Optional<PostgresColumn> column = table.column(field.name());
            TargetType made = TargetType.of(field.type());
            if (column.isEmpty()) {
                changes.add(ADD + declaration(field));
                types.add(made);
                continue;
            }
            TargetType there = TargetType.of(column.get().type());
            boolean grows = maker == Maker.WISENT
                    && field.type() instanceof DataType.Int(int bits)
                    && column.get().type().reading().type() instanceof DataType.Int(int has)
                    && bits > has;
            if (!grows && CopyFields.of(field.type(), there).isPresent()) {
                types.add(there);
            } else if (isWidened(column.get().type(), field)) {
                changes.add("ALTER COLUMN " + Session.quoted(field.name()) + " TYPE "
                        + PostgresType.declared(field.type()));
                types.add(made);
            } else {
                throw WisentException.of(
                                ErrorCode.SCHEMA_REFUSED,
                                "column '" + field.name() + "' is of type "
                                        + column.get().type().spelled() + ", which does not hold every "
                                        + field.type().text() + " as it is")
                        .where("table " + name)
                        .tried("the column as it is, and widening it")
                        .hint("cast it: transforms: [{cast: {" + field.name()
                                + ": …}}]; or change the column's type in the database");
            }
        }
        List<String> silent = table.columns().stream()
                .filter(column -> maker == Maker.WISENT && !column.standard().isEmpty())
                .map(PostgresColumn::name)
                .filter(column -> schema.indexOf(column).isEmpty())
                .toList();
        return new TableFit(name, maker, schema, List.copyOf(changes), List.copyOf(types), silent);
    }

    private static boolean isWidened(PostgresType from, Field to) {
        return TypeLattice.widens(from.reading().type(), to.type());
    }

    private static void checkName(TableName table, Field field) {
        if (!TableName.fits(field.name())) {
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED,
                            "the name of column '" + field.name() + "' is longer than " + TableName.LONGEST + " bytes")
                    .where("table " + table)
                    .hint("rename it: transforms: [{rename: {\"" + field.name() + "\": …}}]");
        }
    }

    private static String declaration(Field field) {
        return Session.quoted(field.name()) + " " + PostgresType.declared(field.type());
    }

    /// The statements that make a table for rows of `schema`, with what is said of its columns.
    static List<String> create(TableName name, Schema schema) {
        schema.fields().forEach(field -> checkName(name, field));
        List<String> statements = new ArrayList<>();
        statements.add(schema.fields().stream()
                .map(field -> declaration(field)
                        + field.notes()
                                .standard()
                                .map(value -> Sql.standard(field.type(), value))
                                .orElse(""))
                .collect(Collectors.joining(", ", "CREATE TABLE IF NOT EXISTS " + name.quoted() + " (", ")")));
        schema.fields().forEach(field -> describe(name, field).ifPresent(statements::add));
        return statements;
    }

    private static Optional<String> describe(TableName table, Field field) {
        String description = field.notes().description();
        return description.isEmpty()
                ? Optional.empty()
                : Optional.of("COMMENT ON COLUMN " + table.quoted() + "." + Session.quoted(field.name()) + " IS "
                        + Session.literal(description));
    }

    /// The same rows and what each does to its target, on their way to a temporary table. This is how they go into the table
    /// they will be merged into.
    TableFit staged(Schema rows, TableName stage) {
        Schema sent = RowChanges.waiting(rows);
        List<TargetType> taken = new ArrayList<>(types.subList(0, rows.size()));
        sent.fields().stream()
                .skip(rows.size())
                .map(Field::type)
                .map(TargetType::of)
                .forEach(taken::add);
        return new TableFit(stage, maker, sent, List.of(), List.copyOf(taken), List.of());
    }

    /// The statements that change the table as rows need it; none: it is as it has to be.
    List<String> statements() {
        if (changes.isEmpty()) {
            return List.of();
        }
        List<String> statements = new ArrayList<>();
        statements.add("ALTER TABLE " + table.quoted() + " " + String.join(", ", changes));
        for (Field field : schema.fields()) {
            if (changes.contains(ADD + declaration(field))) {
                describe(table, field).ifPresent(statements::add);
            }
        }
        return statements;
    }

    String copy() {
        return Stream.concat(schema.fields().stream().map(Field::name), silent.stream())
                .map(Session::quoted)
                .collect(Collectors.joining(", ", "COPY " + table.quoted() + " (", ") FROM STDIN (FORMAT binary)"));
    }

    CopyEncoder encoder() {
        List<CopyField> fields = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            fields.add(CopyFields.of(schema.field(i).type(), types.get(i)).orElseThrow());
        }
        return new CopyEncoder(fields, silent.size());
    }
}
