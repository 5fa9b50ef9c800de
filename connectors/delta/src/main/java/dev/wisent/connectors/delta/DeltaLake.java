package dev.wisent.connectors.delta;

import dev.wisent.api.LaneId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.lake.LakeTable;
import dev.wisent.api.lake.OptimizeRequest;
import dev.wisent.api.lake.Optimized;
import dev.wisent.api.lake.TableVersion;
import dev.wisent.api.lake.VacuumRequest;
import dev.wisent.api.lake.Vacuumed;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.lake.History;
import dev.wisent.connectors.delta.lake.Vacuum;
import dev.wisent.connectors.delta.log.Features;
import dev.wisent.connectors.delta.state.DataFile;
import dev.wisent.connectors.delta.state.DeltaState;
import dev.wisent.connectors.delta.table.Application;
import dev.wisent.connectors.delta.table.Seen;
import dev.wisent.connectors.delta.table.TableLog;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// A table between runs.
final class DeltaLake implements LakeTable {
    private final DeltaOptions options;
    private final ObjectStore store;
    private final Application application;
    private final Clock clock;

    DeltaLake(DeltaOptions options, ObjectStore store, Application application, Clock clock) {
        this.options = options;
        this.store = store;
        this.application = application;
        this.clock = clock;
    }

    @Override
    public List<TableVersion> history(int last) {
        return new History(store).last(newest().number(), last);
    }

    @Override
    public Optimized optimize(OptimizeRequest request) {
        Optimized done = new Compaction(store, options, clock).run(writable(), request);
        if (done.versions() > 0) {
            newest().checkpoint();
        }
        return done;
    }

    @Override
    public Vacuumed vacuum(VacuumRequest request) {
        return new Vacuum(store, kept(), clock).run(writable(), request);
    }

    private KernelTable.Version newest() {
        return new KernelTable(store)
                .newest()
                .orElseThrow(() -> WisentException.of(ErrorCode.NOT_SUPPORTED, "there is no table")
                        .where(store.url())
                        .hint("the first run makes it")
                        .next("wisent run FILE"));
    }

    private KernelTable.Version writable() {
        KernelTable.Version version = newest();
        Features.refusal(version.protocol(), version.metaData()).ifPresent(why -> {
            throw WisentException.of(ErrorCode.NOT_SUPPORTED, "Wisent can't change this table: " + why)
                    .where(store.url())
                    .hint("use the engine that made it");
        });
        return version;
    }

    /// Files of Wisent that are no rows of the table yet, and may become some: those of this pipeline's open generation and
    /// of its newest claim, and all of other pipelines, which look after their own.
    private Predicate<String> kept() {
        DeltaState state =
                new TableLog(store, application).catchUp(Seen.nothing()).state();
        Set<String> opened = state.opened().stream().map(DataFile::name).collect(Collectors.toSet());
        long claimed = state.progress().view().lane(LaneId.FIRST).claimedAt();
        return path -> opened.contains(path)
                || PartNames.isAnothers(application, path)
                || PartNames.isSince(application, claimed, path);
    }
}
