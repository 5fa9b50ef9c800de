package dev.wisent.api.commit;

import dev.wisent.api.RunId;
import java.time.Instant;

/// Who claimed a lane last. Host and time are for people; nothing is decided by them (R5).
public record Claimant(RunId run, String host, long pid, Instant at, Role role) {}
