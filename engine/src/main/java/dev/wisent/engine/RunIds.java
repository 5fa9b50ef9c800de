package dev.wisent.engine;

import dev.wisent.api.RunId;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/// Makes run ids: when, for people, and 40 random bits, so that two runs within a second differ.
final class RunIds {
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final int RANDOM_BYTES = 5;

    private RunIds() {}

    static RunId next() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return new RunId(WHEN.format(Instant.now()) + "-" + HexFormat.of().formatHex(random));
    }
}
