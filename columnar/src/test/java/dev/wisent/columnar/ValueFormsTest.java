package dev.wisent.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Numbers that are timestamps, and bytes in hexadecimal: the lines of docs/reference/formats.md.
class ValueFormsTest {
    private static final String NO = "TYPE";

    @ParameterizedTest(name = "{1} in {0} is {2}")
    @CsvSource({
        "s, 0, 1970-01-01T00:00:00Z",
        "s, -0, 1970-01-01T00:00:00Z",
        "s, 1763632800, 2025-11-20T10:00:00Z",
        "s, -1, 1969-12-31T23:59:59Z",
        "s, 1763632800.5, 2025-11-20T10:00:00.500000Z",
        "s, 1763632800.123456, 2025-11-20T10:00:00.123456Z",
        "s, 1763632800.1234560, 2025-11-20T10:00:00.123456Z",
        "s, 1763632800.1234567, TYPE",
        "s, 1.7636328e9, 2025-11-20T10:00:00Z",
        "s, 253402300799, 9999-12-31T23:59:59Z",
        "s, 253402300799.999999, 9999-12-31T23:59:59.999999Z",
        "s, 253402300800, TYPE",
        "s, -62135596800, 0001-01-01T00:00:00Z",
        "s, -62135596801, TYPE",
        "s, -62135596800.000001, TYPE",
        "s, 1763632800000, TYPE",
        "s, 9223372036854775807, TYPE",
        "s, -9223372036854775808, TYPE",
        "s, 1e999999999, TYPE",
        "s, 1e-999999999, TYPE",
        "s, 9223372036855, TYPE",
        "ms, 1763632800123, 2025-11-20T10:00:00.123000Z",
        "ms, -1, 1969-12-31T23:59:59.999000Z",
        "ms, 0.001, 1970-01-01T00:00:00.000001Z",
        "ms, 0.0001, TYPE",
        "ms, 253402300799999, 9999-12-31T23:59:59.999000Z",
        "ms, 253402300800000, TYPE",
        "ms, 9223372036854775807, TYPE",
        "us, 1763632800123456, 2025-11-20T10:00:00.123456Z",
        "us, 1.5, TYPE",
        "us, 253402300799999999, 9999-12-31T23:59:59.999999Z",
        "us, 253402300800000000, TYPE",
        "us, -62135596800000000, 0001-01-01T00:00:00Z",
        "us, -62135596800000001, TYPE",
        "ns, 1763632800123456000, 2025-11-20T10:00:00.123456Z",
        "ns, 1763632800123456001, TYPE",
        "ns, 1000, 1970-01-01T00:00:00.000001Z",
        "ns, -1000, 1969-12-31T23:59:59.999999Z",
        "ns, 1, TYPE",
        "ns, 1000.5, TYPE",
        "ns, 9223372036854775000, 2262-04-11T23:47:16.854775Z",
        "ns, 9223372036854776000, 2262-04-11T23:47:16.854776Z",
        "ns, 20000000000000000000, 2603-10-11T11:33:20Z",
        "ns, 253402300799999999000, 9999-12-31T23:59:59.999999Z",
        "ns, 253402300800000000000, TYPE",
        "ns, -62135596800000000000, 0001-01-01T00:00:00Z",
        "ns, -62135596800000001000, TYPE",
        "ms, 2025-11-20T11:00:00+01:00, 2025-11-20T10:00:00Z",
        "ms, 2025-11-20T11:00:00, TYPE",
        "ms, 0x10, TYPE",
        "ms, 01, TYPE",
        "ms, 1 , 1970-01-01T00:00:00.001000Z",
        "ms, NaN, TYPE",
        "ms, true, TYPE",
        "ms, -, TYPE"
    })
    void a_number_is_exactly_that_instant_or_its_record_is_refused(String unit, String number, String becomes) {
        DecoderOptions options = Decoded.explicit("v", "timestamp").withForms(unit("v", unit));
        boolean isNumber = number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?(e-?[0-9]+)?");
        if (isNumber) {
            expect(Decoded.ndjson(options, "{\"v\":" + number + "}\n"), becomes);
            expect(
                    Decoded.of(Decoders.jsonDocument(options, RecordsPath.AUTOMATIC), "[{\"v\":" + number + "}]"),
                    becomes);
        }
        expect(Decoded.ndjson(options, "{\"v\":\"" + number + "\"}\n"), becomes);
        expect(Decoded.of(Decoders.csv(options, CsvOptions.DEFAULT), "v\n" + number + "\n"), becomes);
        expect(Decoded.of(Decoders.csv(options, CsvOptions.DEFAULT), "v\n\"" + number + "\"\n"), becomes);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "'', ''",
        "00, AA==",
        "0aFF, Cv8=",
        "deadBEEF, 3q2+7w==",
        "0, TYPE",
        "0g, TYPE",
        "g0, TYPE",
        "\\xff, TYPE",
        "0xff, TYPE",
        "ff ff, TYPE",
        "3q2+7w==, TYPE",
        "fé, TYPE"
    })
    void bytes_are_pairs_of_hexadecimal_digits(String text, String base64) {
        DecoderOptions options = Decoded.explicit("v", "binary").withForms(hex("v"));
        expect(Decoded.ndjson(options, "{\"v\":\"" + text.replace("\\", "\\\\") + "\"}\n"), base64);
        expect(Decoded.of(Decoders.csv(options, CsvOptions.DEFAULT), "v\n\"" + text + "\"\n"), base64);
    }

    private static void expect(Decoded decoded, String becomes) {
        if (becomes.equals(NO)) {
            assertThat(decoded.reasons()).containsExactly("0 TYPE");
            assertThat(decoded.bad.getFirst().column()).contains("v");
        } else {
            assertThat(decoded.bad).isEmpty();
            assertThat(decoded.rows).containsExactly("{\"v\":\"" + becomes + "\"}");
        }
    }

    @Test
    void what_does_not_fit_is_told_with_the_unit() {
        DecoderOptions options = Decoded.explicit("at", "timestamp", "b", "binary")
                .withForms(new ValueForm.ByColumn(Map.of("at", form("ms"), "b", hex())));
        Decoded decoded =
                Decoded.ndjson(options, "{\"at\":1763632800000000000}\n{\"at\":[1]}\n{\"b\":\"xy\"}\n{\"b\":12}\n");
        assertThat(decoded.bad.stream().map(BadRecord::message))
                .containsExactly(
                        "column 'at' is timestamp (unit ms) and can't hold 1763632800000000000",
                        "column 'at' is timestamp (unit ms) and can't hold [1]",
                        "column 'b' is binary (encoding hex) and can't hold \"xy\"",
                        "column 'b' is binary (encoding hex) and can't hold 12");
    }

    @Test
    void it_holds_inside_structs_lists_and_maps_and_for_that_column_alone() {
        String type = "struct<t:timestamp,l:list<timestamp>,m:map<timestamp,binary>>";
        DecoderOptions options = Decoded.explicit("v", type, "w", "timestamp", "x", "binary")
                .withForms(new ValueForm.ByColumn(
                        Map.of("v", new ValueForm(Optional.of(ValueForm.Unit.S), ValueForm.Encoding.HEX))));
        Decoded decoded = Decoded.ndjson(
                options,
                "{\"v\":{\"t\":1,\"l\":[2,null],\"m\":{\"3\":\"ff\"}},\"w\":\"2025-11-20T10:00:00Z\",\"x\":\"/w==\"}\n"
                        + "{\"w\":1}\n");
        assertThat(decoded.rows)
                .containsExactly(
                        "{\"v\":{\"t\":\"1970-01-01T00:00:01Z\",\"l\":[\"1970-01-01T00:00:02Z\",null],\"m\":{\"1970-01-01T00:00:03Z\":\"/w==\"}},\"w\":\"2025-11-20T10:00:00Z\",\"x\":\"/w==\"}");
        assertThat(decoded.reasons()).containsExactly("1 TYPE");
    }

    @Test
    void a_schema_that_grows_keeps_them() {
        StreamSchema schema = new StreamSchema(Decoded.schema("at", "timestamp"));
        DecoderOptions options = DecoderOptions.of(schema, Contract.INFERRED).withForms(unit("at", "ms"));
        Decoded decoded =
                Decoded.ndjson(options, "{\"at\":1}\n{\"at\":2,\"new\":1}\n{\"new\":2,\"at\":3}\n{\"at\":true}\n");
        assertThat(decoded.rows)
                .containsExactly(
                        "{\"at\":\"1970-01-01T00:00:00.001000Z\"}",
                        "{\"at\":\"1970-01-01T00:00:00.002000Z\",\"new\":1}",
                        "{\"at\":\"1970-01-01T00:00:00.003000Z\",\"new\":2}");
        assertThat(decoded.reasons()).containsExactly("3 TYPE");
    }

    /// The oracle is java.math and java.time.
    @ParameterizedTest
    @EnumSource(ValueForm.Unit.class)
    void any_number_becomes_what_exact_arithmetic_says(ValueForm.Unit unit) {
        Random random = new Random(Long.getLong("wisent.seed", 1));
        DecoderOptions options = Decoded.explicit("v", "timestamp")
                .withForms(new ValueForm.ByColumn(
                        Map.of("v", new ValueForm(Optional.of(unit), ValueForm.Encoding.BASE64))));
        StringBuilder input = new StringBuilder();
        List<Optional<String>> expected = new java.util.ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String number = new BigDecimal(
                            new java.math.BigInteger(random.nextInt(75), random),
                            random.nextInt(12) - random.nextInt(4))
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))
                    .toString();
            input.append("{\"v\":").append(number).append("}\n");
            expected.add(instant(new BigDecimal(number).scaleByPowerOfTen(unit.scale())));
        }
        Decoded decoded = Decoded.ndjson(options, input.toString());
        assertThat(decoded.rows)
                .containsExactlyElementsOf(expected.stream()
                        .flatMap(Optional::stream)
                        .map(text -> "{\"v\":\"" + text + "\"}")
                        .toList());
        assertThat(decoded.bad).hasSize(expected.size() - decoded.rows.size());
        assertThat(decoded.rows).hasSizeGreaterThan(100);
        assertThat(decoded.bad).hasSizeGreaterThan(100);
    }

    private static Optional<String> instant(BigDecimal micros) {
        BigDecimal whole = micros.stripTrailingZeros();
        if (whole.scale() > 0
                || whole.compareTo(BigDecimal.valueOf(-62_135_596_800_000_000L)) < 0
                || whole.compareTo(BigDecimal.valueOf(253_402_300_799_999_999L)) > 0) {
            return Optional.empty();
        }
        Instant at = Instant.EPOCH.plus(whole.longValueExact(), ChronoUnit.MICROS);
        String text = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return Optional.of(at.getNano() == 0 ? text : text.replace("Z", ".%06dZ".formatted(at.getNano() / 1_000)));
    }

    private static ValueForm.ByColumn unit(String column, String unit) {
        return new ValueForm.ByColumn(Map.of(column, form(unit)));
    }

    private static ValueForm form(String unit) {
        return new ValueForm(
                Optional.of(ValueForm.Unit.valueOf(unit.toUpperCase(java.util.Locale.ROOT))),
                ValueForm.Encoding.BASE64);
    }

    private static ValueForm.ByColumn hex(String column) {
        return new ValueForm.ByColumn(Map.of(column, hex()));
    }

    private static ValueForm hex() {
        return new ValueForm(Optional.empty(), ValueForm.Encoding.HEX);
    }
}
