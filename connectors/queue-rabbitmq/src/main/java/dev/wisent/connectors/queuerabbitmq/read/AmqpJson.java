package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.LongString;
import dev.wisent.columnar.JsonText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of AMQP's tables as JSON: times in milliseconds since 1970, bytes that are no text as `{"base64": …}`.
final class AmqpJson {
    private AmqpJson() {}

    static void table(Map<String, Object> table, JsonText text) {
        String between = "";
        text.ascii("{");
        for (Map.Entry<String, Object> field : table.entrySet()) {
            text.ascii(between).string(field.getKey()).ascii(":");
            value(field.getValue(), text);
            between = ",";
        }
        text.ascii("}");
    }

    @SuppressWarnings("unchecked") // the client makes tables of texts
    private static void value(@Nullable Object value, JsonText text) {
        switch (value) {
            case null -> text.ascii("null");
            case LongString bytes -> text.textOrBase64(ByteBuffer.wrap(bytes.getBytes()));
            case byte[] bytes -> text.base64(ByteBuffer.wrap(bytes));
            case Boolean truth -> text.ascii(truth.toString());
            case Double number -> decimal(number, text);
            case Float number -> decimal(number.doubleValue(), text);
            case BigDecimal number -> text.ascii(number.toPlainString());
            case Number number -> text.number(number.longValue());
            case Date time -> text.number(time.getTime());
            case Map<?, ?> nested -> table((Map<String, Object>) nested, text);
            case List<?> list -> list(list, text);
            default -> text.string(value.toString());
        }
    }

    /// JSON has no infinities, and no NaN.
    private static void decimal(double number, JsonText text) {
        if (Double.isFinite(number)) {
            text.ascii(Double.toString(number));
        } else {
            text.string(Double.toString(number));
        }
    }

    private static void list(List<?> list, JsonText text) {
        String between = "";
        text.ascii("[");
        for (Object each : list) {
            text.ascii(between);
            value(each, text);
            between = ",";
        }
        text.ascii("]");
    }
}
