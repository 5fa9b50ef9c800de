package dev.wisent.columnar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// How the values of a column are written in text, where their type has more than one way. It holds for every value of that
/// type in the column, inside structs, lists and maps, too.
///
/// @param unit of numbers that are timestamps; empty: numbers are none. RFC 3339 is taken either way
public record ValueForm(Optional<Unit> unit, Encoding encoding) {
    public static final ValueForm STANDARD = new ValueForm(Optional.empty(), Encoding.BASE64);

    public ValueForm {
        Objects.requireNonNull(unit);
        Objects.requireNonNull(encoding);
    }

    /// What a number counts from 1970-01-01T00:00Z on.
    public enum Unit {
        S(6),
        MS(3),
        US(0),
        NS(-3);

        private final int scale;

        Unit(int scale) {
            this.scale = scale;
        }

        /// One of the unit is `10^scale` µs.
        public int scale() {
            return scale;
        }
    }

    /// How bytes are spelled.
    public enum Encoding {
        /// RFC 4648 section 4, with padding.
        BASE64,
        /// RFC 4648 section 8, in any case.
        HEX
    }

    /// The forms of a stream's columns by their names; the others have [#STANDARD].
    public record ByColumn(Map<String, ValueForm> forms) {
        public static final ByColumn STANDARD = new ByColumn(Map.of());

        public ByColumn {
            forms = Map.copyOf(forms);
        }

        public ValueForm of(String column) {
            return forms.getOrDefault(column, ValueForm.STANDARD);
        }

        public boolean isStandard() {
            return forms.isEmpty();
        }

        /// The same for equal forms: `{at=unit ms, id=encoding hex}`.
        @Override
        public String toString() {
            return new TreeMap<>(forms).toString();
        }
    }

    /// Whether a value of `type` is one, or holds one, that a unit is for.
    public static boolean takesUnit(DataType type) {
        return type instanceof DataType.Timestamp || inside(type).stream().anyMatch(ValueForm::takesUnit);
    }

    /// Whether a value of `type` is one, or holds one, that an encoding is for.
    public static boolean takesEncoding(DataType type) {
        return type instanceof DataType.Binary || inside(type).stream().anyMatch(ValueForm::takesEncoding);
    }

    private static List<DataType> inside(DataType type) {
        return switch (type) {
            case DataType.Struct(List<Field> fields) ->
                fields.stream().map(Field::type).toList();
            case DataType.ListOf(DataType element) -> List.of(element);
            case DataType.MapOf(DataType key, DataType value) -> List.of(key, value);
            default -> List.of();
        };
    }

    @Override
    public String toString() {
        List<String> said = new ArrayList<>();
        unit.ifPresent(u -> said.add("unit " + u.name().toLowerCase(Locale.ROOT)));
        if (encoding != Encoding.BASE64) {
            said.add("encoding " + encoding.name().toLowerCase(Locale.ROOT));
        }
        return said.isEmpty() ? "standard" : String.join(" ", said);
    }
}
