package dev.wisent.connectors.formats.avro;

import dev.wisent.api.format.Projection;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.formats.Damage;
import dev.wisent.connectors.typed.Unfit;
import dev.wisent.connectors.typed.avro.AvroInput;
import dev.wisent.connectors.typed.avro.AvroRecord;
import java.io.IOException;

/// The wanted columns of a file's records.
record AvroColumns(AvroRecord record) {
    static AvroColumns of(Header header, Projection wanted, String where) {
        org.apache.avro.Schema schema = header.schema();
        if (schema.getType() != org.apache.avro.Schema.Type.RECORD) {
            throw Damage.type(where, "the file holds values of type " + schema.getType() + ", and no records");
        }
        try {
            return new AvroColumns(AvroRecord.of(schema, wanted::has));
        } catch (Unfit e) {
            throw Damage.type(where, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            // Names that are no names of columns.
            throw Damage.parse(where, "the file's schema can't be read: " + e.getMessage(), e);
        }
    }

    Schema schema() {
        return record.schema();
    }

    void read(AvroInput in, RecordBatch batch) throws IOException {
        record.read(in, batch.columns());
    }
}
