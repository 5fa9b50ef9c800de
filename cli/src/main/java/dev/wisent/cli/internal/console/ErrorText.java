package dev.wisent.cli.internal.console;

import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.engine.plugin.PluginFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An error as people read it, and as programs do.
public final class ErrorText {
    private static final String RED = "\u001b[1;31m";
    private static final String OFF = "\u001b[0m";

    private ErrorText() {}

    /// What any failure is told as: its own words if it has some, else a defect of ours.
    public static WisentException known(Throwable failure) {
        if (failure instanceof WisentException told) {
            return told;
        }
        Optional<WisentException> plugin = PluginFailure.known(failure);
        if (plugin.isPresent()) {
            return plugin.get();
        }
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        return WisentException.of(
                        ErrorCode.INTERNAL,
                        "a defect in Wisent (" + failure.getClass().getSimpleName() + message + ")")
                .causedBy(failure);
    }

    /// The lines for stderr.
    public static String lines(WisentException error, Console.Mode mode) {
        StringBuilder text = new StringBuilder();
        boolean colour = mode == Console.Mode.COLOUR;
        text.append(colour ? RED : "")
                .append("error[")
                .append(error.code().id())
                .append(']')
                .append(colour ? OFF : "")
                .append(": ")
                .append(error.what());
        part(text, "where", error.where());
        part(text, "tried", error.tried());
        part(text, "hint", error.hint());
        part(text, "next", error.next());
        return text.toString();
    }

    private static void part(StringBuilder text, String name, String value) {
        if (!value.isBlank()) {
            String label = "\n  " + (name + ":      ").substring(0, 8);
            text.append(label).append(value.strip().replace("\n", "\n          "));
        }
    }

    public static ObjectNode json(WisentException error) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", error.code().id());
        node.put("message", error.what());
        put(node, "where", error.where());
        put(node, "tried", error.tried());
        put(node, "hint", error.hint());
        put(node, "next", error.next());
        return node;
    }

    private static void put(ObjectNode node, String key, String value) {
        if (!value.isBlank()) {
            node.put(key, value);
        }
    }

    /// Where it happened, for `--log-level debug`.
    public static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}
