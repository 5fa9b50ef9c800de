package dev.wisent.connectors.mysql.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.connectors.mysql.Session;

/// A column as it is read.
///
/// @param type as the server spells it
/// @param select the expression of its values
/// @param form how they come
/// @param order whether rows can be read in its order
record ReadColumn(Field field, String type, String select, Form form, Order order) {
    /// What a column is good for beside its values.
    enum Order {
        ORDERED,
        /// Statements compare its values otherwise than they order them.
        NONE
    }

    String name() {
        return field.name();
    }

    DataType wisentType() {
        return field.type();
    }

    String quoted() {
        return "t." + Session.quoted(name());
    }

    boolean isOrdered() {
        return order == Order.ORDERED && form.isOrdered();
    }
}
