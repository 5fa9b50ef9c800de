package dev.wisent.connectors.kafka.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the topics of one stream are called: those people read, and those that hide a generation until it is published.
record TopicNames(String pipeline, StreamId stream, String prefix) {
    /// Kafka allows 249; the rest is for the names of hidden ones.
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private static final String HIDDEN = ".wisent-";
    private static final int TAG_BYTES = 6;

    String live(TargetId target) {
        String name = prefix + target.name();
        if (!ALLOWED.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw WisentException.of(ErrorCode.SCHEMA_REFUSED, "'" + name + "' can't be the name of a topic")
                    .hint("topic_prefix and destination_id together take up to 200 letters, digits, '.', '_' and '-'");
        }
        return name;
    }

    String hidden(TargetId target, GenerationId generation) {
        return live(target) + HIDDEN + tag() + "-" + generation.number();
    }

    /// Which generation a topic hides; empty: none of this stream.
    Optional<GenerationId> generation(String topic) {
        int at = topic.lastIndexOf(HIDDEN + tag() + "-");
        if (at < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new GenerationId(Long.parseLong(topic.substring(at + HIDDEN.length() + 2 * TAG_BYTES + 1))));
        } catch (NumberFormatException another) {
            return Optional.empty();
        }
    }

    /// Short, and another one for each stream of each pipeline.
    private String tag() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((pipeline + "\n" + stream.name() + "\n" + prefix).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The transactional id of a lane's producer: the same for every run, so that the brokers let only the last one write.
    String transactionalId(LaneId lane) {
        return "wisent-" + tag() + (lane.equals(LaneId.FIRST) ? "" : "-" + lane);
    }
}
