package dev.wisent.connectors.jdbc;

import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sql.cursor.CursorLag;
import dev.wisent.connectors.sql.read.OrderValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Values of columns rows are read in the order of, as texts and back.
///
/// @param as what the driver takes and gives
/// @param parse the value of a text
/// @param less the value less a lag
record OrderValues<T>(Class<T> as, Function<String, T> parse, Lag<T> less) implements OrderValue {
    interface Lag<T> {
        T apply(T value, CursorLag lag);
    }

    /// Empty: such values have no order that a statement could go on in.
    static Optional<OrderValues<?>> of(DataType type) {
        return switch (type) {
            case DataType.Int i ->
                Optional.of(new OrderValues<>(
                        BigDecimal.class,
                        BigDecimal::new,
                        (value, lag) -> value.subtract(BigDecimal.valueOf(lag.amount()))));
            case DataType.Decimal d ->
                Optional.of(new OrderValues<>(
                        BigDecimal.class,
                        BigDecimal::new,
                        (value, lag) -> value.subtract(BigDecimal.valueOf(lag.amount()))));
            case DataType.Text t -> Optional.of(new OrderValues<>(String.class, UnaryOperator.identity(), none()));
            case DataType.Date d -> Optional.of(new OrderValues<>(LocalDate.class, LocalDate::parse, days()));
            case DataType.TimestampNtz t ->
                Optional.of(new OrderValues<>(
                        LocalDateTime.class, LocalDateTime::parse, (value, lag) -> value.minusSeconds(lag.amount())));
            case DataType.Timestamp t ->
                Optional.of(new OrderValues<>(
                        OffsetDateTime.class, OffsetDateTime::parse, (value, lag) -> value.minusSeconds(lag.amount())));
            default -> Optional.empty();
        };
    }

    private static <T> Lag<T> none() {
        return (value, lag) -> value;
    }

    /// Whole days, rounded up.
    private static Lag<LocalDate> days() {
        long secondsOfDay = BigInteger.valueOf(24L * 60 * 60).longValue();
        return (value, lag) -> value.minusDays(Math.ceilDiv(lag.amount(), secondsOfDay));
    }

    @Override
    public Optional<String> text(ResultSet row, int at) throws SQLException {
        if (as.equals(BigDecimal.class)) {
            return Optional.ofNullable(row.getBigDecimal(at)).map(BigDecimal::toPlainString);
        }
        return as.equals(String.class)
                ? Optional.ofNullable(row.getString(at))
                : Optional.ofNullable(row.getObject(at, as)).map(Object::toString);
    }

    @Override
    public void bind(PreparedStatement to, int at, String text) throws SQLException {
        T value = parse.apply(text);
        switch (value) {
            case BigDecimal number -> to.setBigDecimal(at, number);
            case String string -> to.setString(at, string);
            default -> to.setObject(at, value);
        }
    }

    String lagging(String highest, CursorLag lag) {
        T value = less.apply(parse.apply(highest), lag);
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
