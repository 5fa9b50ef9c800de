package dev.wisent.columnar.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTypesTest {
    @TempDir
    Path folder;

    @Test
    void every_type_has_its_physical_type_and_its_annotation() throws Exception {
        List<Field> fields = new ArrayList<>(Stream.of(
                        "bool",
                        "int8",
                        "int16",
                        "int32",
                        "int64",
                        "float32",
                        "float64",
                        "decimal(9,2)",
                        "decimal(18,2)",
                        "decimal(38,2)",
                        "json",
                        "binary",
                        "date",
                        "time",
                        "timestamp",
                        "timestamp_ntz",
                        "uuid",
                        "list<int64>",
                        "map<string,int64>",
                        "struct<a:string>")
                .map(type -> Field.nullable(type.replaceAll("\\W", "_"), TypeParser.parse(type)))
                .toList());
        fields.add(Field.required("string", DataType.STRING));
        Path file = folder.resolve("types.parquet");
        Written.file(file, Schema.of(fields), ParquetOptions.DEFAULT, List.of());

        try (ParquetFileReader reader = StrictReader.open(file)) {
            String found = reader.getFileMetaData().getSchema().toString();
            assertThat(found.replace(" columnorder(TYPE_DEFINED_ORDER)", "")).isEqualTo("""
                    message schema {
                      optional boolean bool;
                      optional int32 int8 (INTEGER(8,true));
                      optional int32 int16 (INTEGER(16,true));
                      optional int32 int32;
                      optional int64 int64;
                      optional float float32;
                      optional double float64;
                      optional int32 decimal_9_2_ (DECIMAL(9,2));
                      optional int64 decimal_18_2_ (DECIMAL(18,2));
                      optional fixed_len_byte_array(16) decimal_38_2_ (DECIMAL(38,2));
                      optional binary json (JSON);
                      optional binary binary;
                      optional int32 date (DATE);
                      optional int64 time (TIME(MICROS,false));
                      optional int64 timestamp (TIMESTAMP(MICROS,true));
                      optional int64 timestamp_ntz (TIMESTAMP(MICROS,false));
                      optional fixed_len_byte_array(16) uuid (UUID);
                      optional group list_int64_ (LIST) {
                        repeated group list {
                          optional int64 element;
                        }
                      }
                      optional group map_string_int64_ (MAP) {
                        repeated group key_value {
                          required binary key (STRING);
                          optional int64 value;
                        }
                      }
                      optional group struct_a_string_ {
                        optional binary a (STRING);
                      }
                      required binary string (STRING);
                    }
                    """);
        }
    }
}
