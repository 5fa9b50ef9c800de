package dev.wisent.connectors.core.dummy;

import dev.wisent.api.source.Source;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.SourceContract;
import java.util.List;
import java.util.Map;

class DummyContractTest extends SourceContract {
    @Override
    protected Source open() {
        return Configured.source(
                new DummyFactory(),
                "creatures",
                Map.of("authentication", Map.of("type", "api_key", "params", Map.of("token", "dummy_key"))));
    }

    @Override
    protected List<String> expected() {
        return List.of(
                "{\"id\":9898,\"name\":\"BIZON\",\"age\":1}",
                "{\"id\":88787,\"name\":\"WISENT\",\"age\":4}",
                "{\"id\":98,\"name\":\"LYNX\",\"age\":7}",
                "{\"id\":3333,\"name\":\"STORK\",\"age\":12}",
                "{\"id\":56565,\"name\":\"HEDGEHOG\",\"age\":2}");
    }
}
