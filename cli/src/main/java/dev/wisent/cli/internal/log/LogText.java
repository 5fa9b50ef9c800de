package dev.wisent.cli.internal.log;

import dev.wisent.cli.internal.console.Amounts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Events for people: when, how much it matters, and what.
public final class LogText {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LEVEL = 8;

    private LogText() {}

    /// The event in a line; what has several is indented.
    public static String of(ObjectNode event) {
        String level = (event.path("level").stringValue("") + " ".repeat(LEVEL)).substring(0, LEVEL);
        return when(event.path("at").stringValue("")) + "  " + level + "  "
                + what(event).replace("\n", "\n    ");
    }

    private static String when(String at) {
        try {
            return WHEN.format(Instant.parse(at));
        } catch (DateTimeException other) {
            return at;
        }
    }

    private static String what(ObjectNode event) {
        return switch (event.path("event").stringValue("")) {
            case "message" -> event.path("message").stringValue("");
            case "started" ->
                "run " + event.path("run_id").stringValue("") + " of pipeline "
                        + event.path("pipeline").stringValue("") + ", stream "
                        + event.path("stream").stringValue("") + " (process " + event.path("pid") + " on "
                        + event.path("host").stringValue("") + ")";
            case "continued" -> continued(event);
            case "progress" -> event.path("stream").stringValue("") + "  " + String.join(", ", counts(event));
            case "error" -> error(event.path("error"));
            case "finished" -> finished(event);
            default -> event.toString();
        };
    }

    private static String continued(ObjectNode event) {
        long missing = event.path("missing").longValue(0);
        return missing == 0
                ? "the log goes on here; older events may be gone (engine.logs.max_size)"
                : Amounts.count(missing, "event") + " could not be written here";
    }

    private static List<String> counts(ObjectNode event) {
        List<String> parts = new ArrayList<>();
        parts.add(Amounts.count(event.path("rows").longValue(0), "row"));
        parts.add(Amounts.count(Math.round(event.path("rows_per_second").doubleValue(0))) + " rows/s");
        if (event.has("fraction")) {
            parts.add((int) (event.path("fraction").doubleValue(0) * 100) + " %");
        }
        if (event.path("rejects").longValue(0) > 0) {
            parts.add(Amounts.count(event.path("rejects").longValue(0), "reject"));
        }
        parts.add(Amounts.count(event.path("commits").longValue(0), "commit"));
        return parts;
    }

    private static String error(JsonNode error) {
        StringBuilder text = new StringBuilder("error[")
                .append(error.path("code").stringValue(""))
                .append("]: ")
                .append(error.path("message").stringValue(""));
        for (String part : List.of("where", "tried", "hint", "next")) {
            String value = error.path(part).stringValue("");
            if (!value.isBlank()) {
                text.append('\n').append((part + ":      ").substring(0, LEVEL)).append(value);
            }
        }
        return text.toString();
    }

    private static String finished(ObjectNode event) {
        List<String> parts = new ArrayList<>(List.of(event.path("status").stringValue("")));
        for (JsonNode stream : event.path("streams")) {
            long rejected = stream.path("rejected").longValue(0);
            parts.add(stream.path("stream").stringValue("") + " "
                    + Amounts.count(stream.path("written").longValue(0), "row") + " in "
                    + Amounts.seconds(stream.path("seconds").doubleValue(0)) + ", "
                    + Amounts.count(stream.path("commits").longValue(0), "commit")
                    + (rejected == 0 ? "" : ", " + Amounts.count(rejected, "reject")));
        }
        return String.join("; ", parts);
    }
}
