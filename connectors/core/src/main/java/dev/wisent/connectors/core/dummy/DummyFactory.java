package dev.wisent.connectors.core.dummy;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.time.Duration;
import java.util.List;

/// `name: dummy`.
public final class DummyFactory implements SourceFactory {
    private static final List<String> AUTHENTICATIONS = List.of("api_key", "oauth");
    private static final double MILLIS = 1_000;

    @Override
    public String name() {
        return "dummy";
    }

    @Override
    public String summary() {
        return "five creatures or plants, to try a pipeline without any service";
    }

    @Override
    public List<StreamInfo> knownStreams() {
        return DummyPages.STREAMS;
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        config.section("authentication").ifPresent(DummyFactory::readAuthentication);
        double seconds = config.number("sleep", 0);
        if (seconds < 0) {
            config.problem("sleep", "must not be negative", "");
        }
        config.done();
        boolean routes =
                settings.syncMode().filter(mode -> mode == SyncMode.STREAM).isPresent();
        Duration sleep = Duration.ofMillis(Math.round(Math.max(0, seconds) * MILLIS));
        return new DummySource(settings.stream(), sleep, routes ? DummySource.End.STAYS_OPEN : DummySource.End.ENDS);
    }

    /// Nobody asks for the credentials, but a pipeline that works with them here has them right for its real source.
    private static void readAuthentication(ConfigSection authentication) {
        String type = authentication.text("type");
        if (!AUTHENTICATIONS.contains(type)) {
            authentication.problem("type", "must be one of " + String.join(", ", AUTHENTICATIONS), "");
        }
        authentication.ignore("params");
        authentication.done();
    }
}
