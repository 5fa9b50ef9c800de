package dev.wisent.connectors.mysql.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.mysql.Address;
import dev.wisent.connectors.sql.staged.TableName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Which names and columns the server takes.
record Names(Address address) {
    private static final int LONGEST = 64;
    /// Room for what is put behind the name of a hidden table.
    private static final int LONGEST_PLAIN = 40;
    /// An underscore and a hash, in the place of the end of a longer one.
    private static final int SHORTENED = 10;

    private static final int MOST_COLUMNS = 1017;
    private static final int MOST_SCALE = 30;

    TableName table(TargetId target) {
        int dot = target.name().indexOf('.');
        TableName name = dot < 0
                ? new TableName(address.database(), target.name())
                : new TableName(target.name().substring(0, dot), target.name().substring(dot + 1));
        String table = name.table();
        if (!isName(table) || table.startsWith("_wisent_")) {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "there can be no table '" + table + "'")
                    .where(address.toString())
                    .hint("destination_id names a table, of at most " + LONGEST + " characters");
        }
        return name;
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST && !name.endsWith(" ");
    }

    static TableName hidden(TableName table, GenerationId generation) {
        return new TableName(table.schema(), hiddenStem(table) + generation);
    }

    /// What the names of a table's hidden ones begin with; the number of the generation follows.
    static String hiddenStem(TableName table) {
        String name = table.table();
        return (name.length() <= LONGEST_PLAIN
                        ? name
                        : name.substring(0, LONGEST_PLAIN - SHORTENED) + "_" + Integer.toHexString(name.hashCode()))
                + "__wisent_g";
    }

    void check(Schema columns) {
        Set<String> names = new HashSet<>();
        for (Field field : columns.fields()) {
            boolean badName = !isName(field.name()) || !names.add(field.name().toLowerCase(Locale.ROOT));
            boolean badType = field.type() instanceof DataType.Decimal(int precision, int scale) && scale > MOST_SCALE;
            if (badName || badType) {
                throw WisentException.of(
                                ErrorCode.SCHEMA_REFUSED,
                                "there can be no column '" + field.name() + "' of type "
                                        + field.type().text())
                        .where(address.toString())
                        .hint("names of columns have 1 to " + LONGEST
                                + " characters and differ by more than their case; a decimal has at most " + MOST_SCALE
                                + " digits behind the point");
            }
        }
        if (columns.size() == 0 || columns.size() > MOST_COLUMNS) {
            throw WisentException.of(ErrorCode.SCHEMA_REFUSED, "a table has 1 to " + MOST_COLUMNS + " columns")
                    .where(address.toString());
        }
    }
}
