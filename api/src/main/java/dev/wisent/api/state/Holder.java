package dev.wisent.api.state;

import dev.wisent.api.RunId;
import java.time.Instant;

/// Who holds a lease. Process id and start time together tell a dead holder on the same host.
public record Holder(RunId run, String host, long pid, Instant processStart, Instant since) {}
