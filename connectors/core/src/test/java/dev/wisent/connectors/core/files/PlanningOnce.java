package dev.wisent.connectors.core.files;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.SplitView;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.Source;
import dev.wisent.connectors.core.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// A program that plans a folder in which all files but one are finished. Its arguments: the folder, the name of that file.
final class PlanningOnce {
    private PlanningOnce() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        String unread = arguments[1];
        Source source = Inputs.source(folder, "*.ndjson", Map.of("schema", Inputs.SCHEMA));
        var request =
                Read.request(source.streams().getFirst().id(), SyncMode.INCREMENTAL, new Finished(folder, unread));
        try (Planner planner = source.plan(request)) {
            List<String> planned = ((PlanPage.Splits) planner.next(Duration.ZERO))
                    .splits().stream().map(split -> split.label()).toList();
            if (!planned.equals(List.of(unread))) {
                throw new IllegalStateException(planned.size() + " files were planned instead of " + unread);
            }
        }
    }

    /// The splits of all files but one, made one at a time: a map of them would be larger than what is measured.
    private static final class Finished extends AbstractMap<SplitId, SplitView> {
        private final Path folder;
        private final String unread;

        Finished(Path folder, String unread) {
            this.folder = folder;
            this.unread = unread;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public void forEach(BiConsumer<? super SplitId, ? super SplitView> each) {
            Listing.of(Glob.parse(folder + "/*.ndjson", false), List.of(""), file -> {
                if (!file.name().equals(unread)) {
                    each.accept(file.id(), new SplitView(Position.START, true));
                }
            });
        }

        @Override
        public Set<Map.Entry<SplitId, SplitView>> entrySet() {
            throw new UnsupportedOperationException("one at a time");
        }
    }
}
