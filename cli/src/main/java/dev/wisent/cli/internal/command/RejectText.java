package dev.wisent.cli.internal.command;

import dev.wisent.api.Reject;
import dev.wisent.cli.internal.console.Amounts;
import dev.wisent.columnar.RowOp;
import dev.wisent.engine.reject.KeptReject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// Rejects for people.
final class RejectText {
    private static final int RAW_SHOWN = 120;

    private RejectText() {}

    static String place(String where, OptionalLong line, OptionalLong byteOffset) {
        return where
                + (line.isPresent() ? ", line " + Amounts.count(line.getAsLong()) : "")
                + (byteOffset.isPresent() ? ", byte " + Amounts.count(byteOffset.getAsLong()) : "");
    }

    static List<String> lines(NamedRejects.Named named) {
        Reject reject = named.kept().reject();
        List<String> lines = new ArrayList<>();
        lines.add(reject.code() + "  " + reject.message());
        lines.add("  id:     " + named.kept().id() + (named.isReplayed() ? ", replayed since" : ""));
        lines.add("  where:  " + place(reject.where(), reject.line(), reject.byteOffset()));
        lines.add("  run:    " + named.kept().run() + ", " + named.kept().at() + ", while: " + stage(reject));
        String raw = printable(new String(reject.raw(), StandardCharsets.UTF_8));
        if (!raw.isEmpty()) {
            lines.add("  raw:    " + raw);
        }
        return lines;
    }

    static ObjectNode json(NamedRejects.Named named) {
        KeptReject kept = named.kept();
        Reject reject = kept.reject();
        ObjectNode node = Json.object()
                .put("id", kept.id())
                .put("replayed", named.isReplayed())
                .put("run", kept.run())
                .put("stream", kept.stream())
                .put("at", kept.at())
                .put("stage", stage(reject))
                .put("where", reject.where())
                .put("ordinal", reject.ordinal());
        reject.line().ifPresent(line -> node.put("line", line));
        reject.byteOffset().ifPresent(offset -> node.put("byte_offset", offset));
        Reject.Beside beside = reject.beside();
        if (beside.op() != RowOp.INSERT) {
            node.put("op", beside.op().name().toLowerCase(Locale.ROOT));
        }
        beside.sourceTimestamp().ifPresent(micros -> node.put("source_timestamp", micros));
        beside.destinationId().ifPresent(id -> node.put("destination_id", id));
        return node.put("code", reject.code())
                .put("message", reject.message())
                .put("raw_base64", Base64.getEncoder().encodeToString(reject.raw()))
                .put("raw_bytes", reject.rawBytes());
    }

    static String stage(Reject reject) {
        return reject.stage().name().toLowerCase(Locale.ROOT);
    }

    /// The first characters of a record; what is not printable becomes a dot.
    static String printable(String text) {
        String whole = text.stripTrailing();
        String cut = whole.length() > RAW_SHOWN ? whole.substring(0, RAW_SHOWN) + "…" : whole;
        return cut.replaceAll("\\p{Cntrl}", ".");
    }
}
