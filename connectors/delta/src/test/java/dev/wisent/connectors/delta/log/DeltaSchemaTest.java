package dev.wisent.connectors.delta.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bool",
                "int8",
                "int16",
                "int32",
                "int64",
                "float32",
                "float64",
                "decimal(38,10)",
                "string",
                "binary",
                "date",
                "time",
                "timestamp",
                "timestamp_ntz",
                "uuid",
                "json",
                "struct<a:int64,b:struct<c:uuid,d:json not null>>",
                "list<string>",
                "list<uuid>",
                "list<struct<a:time>>",
                "map<string,json>",
                "map<string,list<decimal(9,2)>>"
            })
    void every_type_comes_back(String type) {
        Schema schema = Schema.of(Field.required("k", DataType.INT64), Field.nullable("v", TypeParser.parse(type)));

        assertThat(DeltaSchema.read(DeltaSchema.write(schema))).isEqualTo(schema);
    }

    @ParameterizedTest
    @CsvSource({
        "int8, byte",
        "int16, short",
        "int32, integer",
        "int64, long",
        "float32, float",
        "uuid, string",
        "json, string",
        "time, string"
    })
    void other_readers_see_types_they_know(String ours, String theirs) {
        String text = DeltaSchema.write(Schema.of(Field.nullable("v", TypeParser.parse(ours))));

        assertThat(text).contains("\"type\":\"" + theirs + "\"");
    }

    @Test
    void a_type_of_another_writer_that_nobody_here_knows_is_named() {
        String text =
                "{\"type\":\"struct\",\"fields\":[{\"name\":\"v\",\"type\":\"variant\",\"nullable\":true,\"metadata\":{}}]}";

        assertThatThrownBy(() -> DeltaSchema.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("column 'v' has the type variant, which Wisent does not know");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "a;b", "a{b", "a)b", "a\tb", "a=b"})
    void names_no_reader_would_take_are_found_at_any_depth(String name) {
        Schema deep = Schema.of(Field.nullable(
                "v", new DataType.ListOf(new DataType.Struct(List.of(Field.nullable(name, DataType.INT64))))));

        assertThat(DeltaSchema.refusedName(deep)).contains(name);
    }

    @Test
    void names_that_differ_by_case_alone_are_found() {
        Schema schema = Schema.of(Field.nullable("Id", DataType.INT64), Field.nullable("id", DataType.INT64));

        assertThat(DeltaSchema.refusedName(schema)).contains("id");
        assertThat(DeltaSchema.refusedName(Schema.of(Field.nullable("ä.b-c", DataType.INT64))))
                .isEmpty();
    }
}
