package dev.wisent.connectors.kafka.read;

import dev.wisent.columnar.JsonText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/// Headers as a JSON object. A name that stands several times has an array.
final class Headers {
    private Headers() {}

    static void write(Iterable<Header> headers, JsonText text) {
        if (!headers.iterator().hasNext()) {
            text.ascii("{}");
            return;
        }
        Map<String, List<Optional<byte[]>>> byName = new LinkedHashMap<>();
        for (Header header : headers) {
            byName.computeIfAbsent(header.key(), name -> new ArrayList<>()).add(Optional.ofNullable(header.value()));
        }
        String between = "{";
        for (Map.Entry<String, List<Optional<byte[]>>> named : byName.entrySet()) {
            text.ascii(between).string(named.getKey()).ascii(":");
            values(named.getValue(), text);
            between = ",";
        }
        text.ascii("}");
    }

    private static void values(List<Optional<byte[]>> values, JsonText text) {
        if (values.size() == 1) {
            value(values.getFirst(), text);
            return;
        }
        String between = "[";
        for (Optional<byte[]> value : values) {
            text.ascii(between);
            value(value, text);
            between = ",";
        }
        text.ascii("]");
    }

    private static void value(Optional<byte[]> value, JsonText text) {
        if (value.isEmpty()) {
            text.ascii("null");
        } else {
            text.textOrBase64(ByteBuffer.wrap(value.get()));
        }
    }
}
