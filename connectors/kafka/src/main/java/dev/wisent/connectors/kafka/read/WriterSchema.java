package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A schema that messages were written with. It is the same object for all messages of one schema; as text it is what people
/// call it. Any thread, what it makes belongs to one.
interface WriterSchema {
    /// Reads the content of messages.
    interface Reading {
        /// Reads one message, which takes all the bytes.
        ///
        /// @param columns where its fields go; where the whole message is one value, a single one
        /// @throws IOException when it does not hold what its schema says
        void read(byte[] bytes, int from, int length, List<Column> columns) throws IOException;

        /// Values that its schema has no name for, so far.
        default long unknown() {
            return 0;
        }
    }

    /// @param columns of its fields, all nullable
    record Fields(Schema columns, Reading reading) {}

    record Whole(DataType type, Reading reading) {}

    /// Empty: it has no fields.
    ///
    /// @throws dev.wisent.connectors.typed.Unfit if no column holds them
    Optional<Fields> fields();

    /// @throws dev.wisent.connectors.typed.Unfit if no column holds it
    Whole whole();

    /// The columns of the record in `field`; empty: there is none.
    ///
    /// @throws dev.wisent.connectors.typed.Unfit if no column holds them
    Optional<Schema> columnsOf(String field);

    /// What it is, where it has no fields.
    String kind();
}
