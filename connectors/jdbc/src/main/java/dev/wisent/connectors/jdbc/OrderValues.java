package dev.wisent.connectors.jdbc;

import dev.wisent.columnar.DataType;
import dev.wisent.connectors.sql.read.OrderValue;
import java.math.BigDecimal;
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
record OrderValues<T>(Class<T> as, Function<String, T> parse) implements OrderValue {
    /// Empty: such values have no order that a statement could go on in.
    static Optional<OrderValues<?>> of(DataType type) {
        return switch (type) {
            case DataType.Int i -> Optional.of(new OrderValues<>(BigDecimal.class, BigDecimal::new));
            case DataType.Decimal d -> Optional.of(new OrderValues<>(BigDecimal.class, BigDecimal::new));
            case DataType.Text t -> Optional.of(new OrderValues<>(String.class, UnaryOperator.identity()));
            case DataType.Date d -> Optional.of(new OrderValues<>(LocalDate.class, LocalDate::parse));
            case DataType.TimestampNtz t -> Optional.of(new OrderValues<>(LocalDateTime.class, LocalDateTime::parse));
            case DataType.Timestamp t -> Optional.of(new OrderValues<>(OffsetDateTime.class, OffsetDateTime::parse));
            default -> Optional.empty();
        };
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
}
