package dev.wisent.connectors.core.dummy;

import dev.wisent.api.StreamId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.source.StreamInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The records, page by page.
final class DummyPages {
    static final StreamId CREATURES = new StreamId("creatures");
    static final StreamId PLANTS = new StreamId("plants");
    static final List<StreamInfo> STREAMS = List.of(info(CREATURES), info(PLANTS));

    private static final Map<StreamId, List<List<String>>> PAGES = Map.of(
            CREATURES,
            List.of(
                    List.of(
                            "{\"id\":9898,\"name\":\"BIZON\",\"age\":1}",
                            "{\"id\":88787,\"name\":\"WISENT\",\"age\":4}"),
                    List.of("{\"id\":98,\"name\":\"LYNX\",\"age\":7}", "{\"id\":3333,\"name\":\"STORK\",\"age\":12}"),
                    List.of("{\"id\":56565,\"name\":\"HEDGEHOG\",\"age\":2}")),
            PLANTS,
            List.of(
                    List.of(
                            "{\"id\":9898,\"name\":\"BISON GRASS\",\"age\":1}",
                            "{\"id\":88787,\"name\":\"OAK\",\"age\":400}"),
                    List.of(
                            "{\"id\":98,\"name\":\"HEATHER\",\"age\":7}",
                            "{\"id\":3333,\"name\":\"LIME\",\"age\":120}"),
                    List.of("{\"id\":56565,\"name\":\"FERN\",\"age\":2}")));

    private DummyPages() {}

    static List<List<String>> of(StreamId stream) {
        return PAGES.getOrDefault(stream, List.of());
    }

    private static StreamInfo info(StreamId stream) {
        return new StreamInfo(
                stream,
                Optional.empty(),
                List.of("id"),
                List.of(),
                Set.of(SyncMode.FULL_REFRESH, SyncMode.STREAM),
                SyncMode.FULL_REFRESH);
    }
}
