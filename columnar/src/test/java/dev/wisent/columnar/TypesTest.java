package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How types are spelt, and which type holds the values of two.
class TypesTest {
    @Test
    void every_text_of_a_type_is_read_back_as_that_type() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            for (Field field : new RandomRows(random).schema().fields()) {
                assertThat(TypeParser.parse(field.type().text())).isEqualTo(field.type());
            }
        }
        DataType odd = new DataType.Struct(List.of(
                Field.required("a b", DataType.INT64),
                Field.nullable("`<,:>`", DataType.JSON),
                Field.nullable("not null", DataType.JSON)));
        assertThat(TypeParser.parse(odd.text())).isEqualTo(odd);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "boolean|bool",
                "BOOL|bool",
                "integer|int64",
                "bigint|int64",
                "INT|int32",
                "float|float64",
                "Double|float64",
                "numeric|decimal(38,9)",
                "decimal|decimal(38,9)",
                "numeric(10)|decimal(10,0)",
                "NUMERIC ( 10 , 2 )|decimal(10,2)",
                "bytes|binary",
                "datetime|timestamp_ntz",
                "record<A:Integer not null, b : list<STRING>>|struct<A:int64 not null,b:list<string>>",
                " map < string , json > |map<string,json>",
                "struct<>|struct<>",
                "list<int>|list<int32>"
            })
    void aliases_case_and_spaces_are_understood(String text, String type) {
        assertThat(TypeParser.parse(text).text()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "strin g",
                "int65",
                "decimal(39,1)",
                "decimal(5,6)",
                "decimal(0,0)",
                "decimal(5",
                "decimal(x)",
                "decimal(5,2,1)",
                "list",
                "list<>",
                "list<int64",
                "list<int64>>",
                "map<string>",
                "struct<a>",
                "struct<a:int64,a:int64>",
                "struct<:int64>",
                "struct<``:int64>",
                "struct<`a:int64>",
                "string?",
                "int64 not null",
                "decimal(99999999999,1)"
            })
    void anything_else_is_refused_with_what_is_valid(String text) {
        assertThatThrownBy(() -> TypeParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("valid types: bool, int8");
    }

    @Test
    void a_misspelt_type_is_recognised() {
        assertThatThrownBy(() -> TypeParser.parse("strng")).hasMessageContaining("did you mean 'string'?");
        assertThatThrownBy(() -> TypeParser.parse("list<timestmp>")).hasMessageContaining("did you mean 'timestamp'?");
        assertThatThrownBy(() -> TypeParser.parse("list<".repeat(100) + "int64" + ">".repeat(100)))
                .hasMessageContaining("deeper than 64");
    }

    @ParameterizedTest(name = "{0} and {1} give {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "int8|int16|int16",
                "int32|int64|int64",
                "int8|float32|float32",
                "int16|float32|float32",
                "int32|float32|float64",
                "int32|float64|float64",
                "int64|float64|json",
                "int64|float32|json",
                "float32|float64|float64",
                "int8|decimal(3,1)|decimal(4,1)",
                "int64|decimal(10,2)|decimal(21,2)",
                "int64|decimal(38,20)|json",
                "decimal(5,2)|decimal(4,3)|decimal(6,3)",
                "decimal(38,0)|decimal(38,38)|json",
                "decimal(15,2)|float64|float64",
                "decimal(16,2)|float64|json",
                "bool|int8|json",
                "string|int64|json",
                "string|bool|json",
                "string|date|string",
                "date|timestamp|string",
                "uuid|string|string",
                "timestamp|timestamp_ntz|string",
                "binary|string|string",
                "json|string|json",
                "json|int8|json",
                "list<int8>|list<int64>|list<int64>",
                "list<int8>|list<string>|list<json>",
                "list<int8>|int8|json",
                "struct<a:int8>|struct<b:int8>|struct<a:int8,b:int8>",
                "struct<a:int8,b:string>|struct<a:int64>|struct<a:int64,b:string>",
                "struct<a:int8 not null>|struct<a:int8 not null>|struct<a:int8 not null>",
                "struct<a:int8 not null>|struct<a:int8>|struct<a:int8>",
                "struct<a:int8 not null>|struct<b:int8>|struct<a:int8,b:int8>",
                "map<string,int8>|map<string,int16>|map<string,int16>",
                "map<string,int8>|map<int8,int8>|json",
                "struct<a:int8>|map<string,int8>|json"
            })
    void two_types_have_one_common_type(String a, String b, String common) {
        DataType left = TypeParser.parse(a);
        DataType right = TypeParser.parse(b);
        assertThat(TypeLattice.common(left, right)).isEqualTo(TypeParser.parse(common));
        if (!a.startsWith("struct")) {
            assertThat(TypeLattice.common(right, left)).isEqualTo(TypeParser.parse(common));
        }
    }

    @Test
    void the_common_type_does_not_depend_on_the_order_and_is_common_to_itself() {
        Random random = new Random(2);
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            new RandomRows(random).schema().fields().forEach(f -> types.add(f.type()));
        }
        for (DataType a : types) {
            for (DataType b : types) {
                DataType common = TypeLattice.common(a, b);
                assertThat(TypeLattice.common(a, common)).isEqualTo(common);
                assertThat(TypeLattice.common(common, b)).isEqualTo(common);
                if (TypeLattice.widens(a, b)) {
                    assertThat(common).isEqualTo(b);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} to {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "int8|int64|true",
                "int64|int8|false",
                "int32|float64|true",
                "int64|float64|false",
                "int32|float32|false",
                "float32|float64|true",
                "float64|decimal(38,10)|false",
                "int64|decimal(19,0)|true",
                "int64|decimal(18,0)|false",
                "decimal(5,2)|decimal(6,3)|true",
                "decimal(5,2)|decimal(6,4)|false",
                "string|json|false",
                "int64|json|false",
                "date|string|false",
                "struct<a:int8>|struct<a:int16,b:int8>|true",
                "struct<a:int8>|struct<b:int8,a:int8>|false",
                "struct<a:int8>|struct<a:int8,b:int8 not null>|false",
                "struct<a:int8>|struct<a:int8 not null>|false",
                "struct<a:int8 not null>|struct<a:int8>|true",
                "struct<a:int8,b:int8>|struct<a:int8>|false",
                "list<int8>|list<int16>|true"
            })
    void a_type_widens_to_another_only_if_no_value_changes(String from, String to, boolean widens) {
        assertThat(TypeLattice.widens(TypeParser.parse(from), TypeParser.parse(to)))
                .isEqualTo(widens);
    }

    @Test
    void schemas_merge_by_name() {
        assertThat(TypeLattice.merge(
                        Decoded.schema("a", "int8!", "b", "string!"), Decoded.schema("c", "bool!", "a", "int64!")))
                .isEqualTo(Decoded.schema("a", "int64!", "b", "string", "c", "bool"));
    }

    @Test
    void a_stream_schema_keeps_every_column_that_many_threads_add() throws InterruptedException {
        StreamSchema schema = new StreamSchema(Schema.of());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int first = t;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 50; i++) {
                    schema.evolve(Field.nullable("c" + (first + i), DataType.INT64))
                            .orElseThrow();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(schema.current().size()).isEqualTo(57);
        assertThat(schema.evolve(Field.nullable("c1", DataType.STRING))).isEmpty();
    }
}
