package dev.wisent.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Lets tests wait for a minute, not ten seconds, for what they do not say a time for: a machine that is busy with other builds
/// takes that long to start a JVM or a server. Who has no time limit of its own waits no longer than the condition takes.
/// JUnit finds it by itself, before any test class is loaded.
public final class PatientWaits implements LauncherSessionListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public PatientWaits() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
