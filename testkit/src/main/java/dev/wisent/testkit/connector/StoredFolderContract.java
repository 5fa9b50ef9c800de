package dev.wisent.testkit.connector;

import dev.wisent.api.TargetId;
import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ListPage;
import dev.wisent.api.storage.ListRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// [DestinationContract] for destinations that put NDJSON objects into a folder of an object store, staged ones below
/// `.wisent/parts/`: rows are read as somebody reads them who knows nothing of commits, by listing.
public abstract class StoredFolderContract extends DestinationContract {
    private static final String BOOKKEEPING = ".wisent/";
    /// Keeps every digit.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// Opens the store at the test's place.
    protected abstract ObjectStore store();

    @Override
    protected final List<Map<String, String>> rows(TargetId target) throws IOException {
        String folder = target.equals(ORDERS) ? "" : target.name() + "/";
        List<Map<String, String>> rows = new ArrayList<>();
        try (ObjectStore store = store()) {
            for (String path : paths(store, folder)) {
                if (path.indexOf('/', folder.length()) < 0) {
                    try (ObjectContent content = store.get(GetRequest.of(path))) {
                        new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .forEach(line -> rows.add(row(line)));
                    }
                }
            }
        }
        return rows;
    }

    @Override
    protected final OptionalInt hiddenParts() {
        try (ObjectStore store = store()) {
            return OptionalInt.of(paths(store, BOOKKEEPING + "parts/").size());
        }
    }

    private static List<String> paths(ObjectStore store, String prefix) {
        List<String> paths = new ArrayList<>();
        for (Optional<ListRequest> request = Optional.of(ListRequest.of(prefix)); request.isPresent(); ) {
            ListPage page = store.list(request.get());
            page.objects().stream().map(ObjectInfo::path).forEach(paths::add);
            request = page.next();
        }
        return paths;
    }

    /// The text of each value by its name, nulls left out.
    private static Map<String, String> row(String line) {
        Map<String, String> row = new LinkedHashMap<>();
        MAPPER.readTree(line).properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (!value.isNull()) {
                row.put(entry.getKey(), value.isString() ? value.stringValue() : value.toString());
            }
        });
        return row;
    }
}
