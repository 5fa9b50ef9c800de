package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Fragment;
import java.util.HexFormat;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A written part: what a fragment's description says. Its name is unique for ever (R7).
///
/// @param folder below the destination's path; empty: at its top
/// @param bytes its length, `header` included
/// @param header how many bytes at its start are a CSV's header
/// @param bodyCrc CRC32C of what follows the header
record Part(String folder, String name, long bytes, long header, long headerCrc, long bodyCrc) {
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("folder", folder)
                .put("name", name)
                .put("bytes", bytes)
                .put("header", header)
                .put("header_crc32c", HexFormat.of().toHexDigits((int) headerCrc))
                .put("crc32c", HexFormat.of().toHexDigits((int) bodyCrc));
    }

    static Part of(Fragment fragment) {
        try {
            return of(JsonMapper.shared().readTree(fragment.description()));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a fragment of another destination: " + fragment.description(), e);
        }
    }

    static Part of(JsonNode node) {
        String folder = node.path("folder").stringValue("");
        String name = node.path("name").stringValue("");
        if (name.isEmpty() || isOutside(name) || isOutside(folder)) {
            throw new IllegalArgumentException("no part of this destination: " + node);
        }
        return new Part(
                folder,
                name,
                node.path("bytes").longValue(0),
                node.path("header").longValue(0),
                crc(node, "header_crc32c"),
                crc(node, "crc32c"));
    }

    private static boolean isOutside(String name) {
        return name.contains("/") || name.contains("\\") || name.startsWith(".");
    }

    private static long crc(JsonNode node, String key) {
        return HexFormat.fromHexDigitsToLong(node.path(key).stringValue("0"));
    }

    long body() {
        return bytes - header;
    }
}
