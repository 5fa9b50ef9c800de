package dev.wisent.connectors.postgres.load;

import dev.wisent.api.LaneId;
import dev.wisent.api.StreamId;
import dev.wisent.api.commit.GenerationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Tells what a stream has in a database from what others have, in names that must be short: another one for each stream of
/// each pipeline, and for each schema its progress is in.
record Mark(String text) {
    private static final int BYTES = 6;

    static Mark of(PostgresOptions options, StreamId stream) {
        return of(options.schema(), options.pipeline(), stream);
    }

    static Mark of(String schema, String pipeline, StreamId stream) {
        return new Mark(hash(schema + '\0' + pipeline + '\0' + stream.name(), BYTES));
    }

    /// The beginning of a hash that nobody meets by chance.
    static String hash(String of, int bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the server's views show of its sessions, the claim's number behind it: by it the next run knows what is left.
    String sessions(LaneId lane) {
        return "wisent " + text + " lane " + lane + " claim ";
    }

    /// What the names of its hidden tables hold; the generation's number follows, and ends them.
    String tables() {
        return "__wisent_" + text + "_g";
    }

    String tables(GenerationId generation) {
        return tables() + generation;
    }
}
