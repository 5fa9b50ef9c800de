package dev.wisent.api.source;

import dev.wisent.api.StreamState;
import dev.wisent.columnar.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Cuts a stream into splits. One thread; the order of calls is `opening`, `schema`, then `next` until
/// [PlanPage.Complete] (bounded) or a stop.
public interface Planner extends AutoCloseable {
    /// What must be known to cut the same splits again after a crash; stored with the generation before the first
    /// page is asked for.
    StreamState opening();

    /// The stream's schema: declared, stored in the request, or inferred now. Empty: schemaless.
    Optional<Schema> schema();

    /// The next splits. Waits at most `wait` for new ones; answers at once when it has some, or never will.
    PlanPage next(Duration wait);

    /// How many rows there are to read, as far as that is known without reading them; empty: it is not. Asked at the end.
    default OptionalLong estimatedRows() {
        return OptionalLong.empty();
    }

    /// What people should know about the plan: inputs left out on purpose, and how many. Asked at the end.
    default List<String> warnings() {
        return List.of();
    }

    @Override
    void close();
}
