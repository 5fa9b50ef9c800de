package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSchemaTest {
    private static Field field(String name, String type) {
        return Field.nullable(name, TypeParser.parse(type));
    }

    @Test
    void a_column_that_grows_in_several_places_and_new_ones_beside_it_are_taken_at_once() {
        StreamSchema schema = new StreamSchema(Schema.of(field("s", "struct<a:int64>")));

        schema.evolve(List.of(
                field("s", "struct<a:int64,b:string>"), field("t", "bool"), field("s", "struct<a:int64,c:float64>")));

        assertThat(schema.current())
                .isEqualTo(Schema.of(field("s", "struct<a:int64,b:string,c:float64>"), field("t", "bool")));
    }

    @Test
    void what_can_not_be_widened_leaves_everything_as_it_was() {
        Schema before = Schema.of(field("n", "bool"));
        StreamSchema schema = new StreamSchema(before);

        assertThat(schema.evolve(List.of(field("t", "bool"), field("n", "struct<a:int64>"))))
                .isEmpty();
        assertThat(schema.current()).isEqualTo(before);
    }
}
