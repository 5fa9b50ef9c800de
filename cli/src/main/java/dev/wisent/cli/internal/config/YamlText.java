package dev.wisent.cli.internal.config;

import dev.wisent.api.config.ConfigNode;
import dev.wisent.api.config.ConfigNode.Kind;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.StringNode;

/// Nodes as YAML text: reading it gives nodes that are equal but for their places.
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./][A-Za-z0-9_./*-]*");
    private static final String INDENT = "  ";

    private YamlText() {}

    static String of(ConfigNode.Mapping mapping) {
        StringBuilder text = new StringBuilder();
        mapping(mapping, "", text);
        return text.toString();
    }

    private static void mapping(ConfigNode.Mapping mapping, String indent, StringBuilder text) {
        mapping.entries().forEach((key, entry) -> {
            text.append(indent).append(quoted(key)).append(':');
            value(entry.value(), indent, text);
        });
    }

    private static void value(ConfigNode node, String indent, StringBuilder text) {
        switch (node) {
            case ConfigNode.Mapping mapping
            when !mapping.entries().isEmpty() -> {
                text.append('\n');
                mapping(mapping, indent + INDENT, text);
            }
            case ConfigNode.Sequence sequence
            when sequence.items().stream().anyMatch(YamlText::isLarge) -> {
                text.append('\n');
                sequence.items()
                        .forEach(item -> text.append(indent)
                                .append(INDENT)
                                .append("- ")
                                .append(flow(item))
                                .append('\n'));
            }
            default -> text.append(' ').append(flow(node)).append('\n');
        }
    }

    private static boolean isLarge(ConfigNode node) {
        return !(node instanceof ConfigNode.Scalar);
    }

    private static String flow(ConfigNode node) {
        return switch (node) {
            case ConfigNode.Scalar scalar -> scalar(scalar);
            case ConfigNode.Sequence sequence ->
                sequence.items().stream().map(YamlText::flow).collect(Collectors.joining(", ", "[", "]"));
            case ConfigNode.Mapping mapping ->
                mapping.entries().entrySet().stream()
                        .map(entry -> quoted(entry.getKey()) + ": "
                                + flow(entry.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String scalar(ConfigNode.Scalar scalar) {
        if (scalar.kind() == Kind.NULL) {
            return "null";
        }
        return scalar.kind() == Kind.TEXT ? quoted(scalar.text()) : scalar.text();
    }

    private static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && CoreScalars.kind(text) == Kind.TEXT;
        return plain ? text : StringNode.valueOf(text).toString();
    }
}
