package dev.wisent.connectors.core.dummy;

import dev.wisent.api.SyncMode;
import dev.wisent.api.config.ConfigSection;
import dev.wisent.api.config.ConfigShape;
import dev.wisent.api.config.Key;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.source.SourceSettings;
import dev.wisent.api.source.StreamInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `name: dummy`.
public final class DummyFactory implements SourceFactory {
    private enum Type {
        API_KEY,
        OAUTH
    }

    private static final Key<Type> TYPE =
            Key.choice("type", Type.class).about("how one would log in").required();
    private static final Key<ConfigSection> PARAMS =
            Key.mapping("params").about("credentials; nobody asks for them").orEmpty();
    private static final Key<Optional<ConfigSection>> AUTHENTICATION = Key.nested(
                    "authentication", ConfigShape.of(TYPE, PARAMS))
            .about("only its form is checked, so that a pipeline has it right for its real source")
            .optional();
    private static final Key<Duration> SLEEP =
            Key.seconds("sleep").about("the wait before each page").standard(Duration.ZERO);
    private static final ConfigShape KEYS = ConfigShape.of(SLEEP, AUTHENTICATION);

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
    public ConfigShape keys() {
        return KEYS;
    }

    @Override
    public Routing routing() {
        return Routing.BY_RECORD;
    }

    @Override
    public Source create(ConfigSection config, SourceSettings settings) {
        config.read(AUTHENTICATION).ifPresent(authentication -> authentication.read(TYPE));
        Duration sleep = config.read(SLEEP);
        config.done();
        boolean routes =
                settings.syncMode().filter(mode -> mode == SyncMode.STREAM).isPresent();
        return new DummySource(settings.stream(), sleep, routes ? DummySource.End.STAYS_OPEN : DummySource.End.ENDS);
    }
}
