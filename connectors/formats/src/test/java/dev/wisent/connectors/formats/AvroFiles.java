package dev.wisent.connectors.formats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/// Avro files, written by Avro's own library.
final class AvroFiles {
    private AvroFiles() {}

    static Schema record(String fields) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"row\",\"fields\":[" + fields + "]}");
    }

    static void write(Path file, Schema schema, CodecFactory codec, int rows, IntFunction<GenericRecord> row) {
        write(file, schema, codec, writer -> {
            try {
                for (int i = 0; i < rows; i++) {
                    writer.append(row.apply(i));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static void one(Path file, Schema schema, Object value) {
        GenericRecord record = new GenericRecordBuilder(schema).set("v", value).build();
        write(file, schema, CodecFactory.nullCodec(), 1, i -> record);
    }

    private static void write(
            Path file, Schema schema, CodecFactory codec, Consumer<DataFileWriter<GenericRecord>> rows) {
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(codec);
            writer.create(schema, file.toFile());
            rows.accept(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
