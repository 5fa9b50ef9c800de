package dev.wisent.connectors.delta;

import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.lake.OptimizeRequest;
import dev.wisent.api.lake.Optimized;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.PutOutcome;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.kernel.KernelTable;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.DeltaSchema;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.LogNames;
import dev.wisent.connectors.delta.partition.Partition;
import dev.wisent.connectors.delta.partition.Partitioning;
import dev.wisent.connectors.delta.state.DataFile;
import dev.wisent.connectors.delta.table.LogReader;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Puts small files of a partition together, each group by a version of its own. A group one of whose files another writer
/// removed meanwhile is left as it is. One thread.
final class Compaction {
    /// How often an entry is put again whose answer was lost.
    private static final int ATTEMPTS = 5;

    private final ObjectStore store;
    private final DeltaOptions options;
    private final Clock clock;
    private final LogReader log;

    Compaction(ObjectStore store, DeltaOptions options, Clock clock) {
        this.store = store;
        this.options = options;
        this.clock = clock;
        this.log = new LogReader(store);
    }

    Optimized run(KernelTable.Version table, OptimizeRequest request) {
        Optimized sum = Optimized.NOTHING;
        long version = table.number();
        for (List<Action.Add> group : groups(table.files(), request)) {
            Done done = put(table, group, version);
            version = done.version();
            sum = sum.plus(done.what());
        }
        return sum;
    }

    private record Done(long version, Optimized what) {}

    /// Files that become one, in the order of the log.
    static List<List<Action.Add>> groups(List<Action.Add> files, OptimizeRequest request) {
        Map<Map<String, Optional<String>>, List<Action.Add>> partitions = new LinkedHashMap<>();
        files.stream()
                .filter(file -> file.size() < request.smallerThan()
                        && LogNames.dataFile(file.path()).isPresent())
                .forEach(file -> partitions
                        .computeIfAbsent(file.partitionValues(), values -> new ArrayList<>())
                        .add(file));
        List<List<Action.Add>> groups = new ArrayList<>();
        for (List<Action.Add> small : partitions.values()) {
            List<Action.Add> group = new ArrayList<>();
            long bytes = 0;
            for (Action.Add file : small) {
                if (!group.isEmpty() && bytes + file.size() > request.targetBytes()) {
                    groups.add(group);
                    group = new ArrayList<>();
                    bytes = 0;
                }
                group.add(file);
                bytes += file.size();
            }
            groups.add(group);
        }
        return groups.stream().filter(group -> group.size() > 1).toList();
    }

    private Done put(KernelTable.Version table, List<Action.Add> group, long version) {
        Fragment written = write(table, group);
        Action.Add file = DataFile.of(written).add().asLayout();
        LogEntry entry = entry(group, file);
        Set<String> paths = group.stream().map(Action.Add::path).collect(Collectors.toSet());
        long bytes = group.stream().mapToLong(Action.Add::size).sum();
        Optimized done = new Optimized(group.size(), 1, bytes, file.size(), written.rows(), 1, 0);
        long at = version;
        int lost = 0;
        while (true) {
            switch (store.createIfAbsent(LogNames.entry(at + 1), ByteBuffer.wrap(entry.bytes()))) {
                case PutOutcome.Stored s -> {
                    return new Done(at + 1, done);
                }
                case PutOutcome.Exists e -> {
                    LogEntry winner = log.entry(at + 1).orElseThrow(() -> gone(table));
                    if (winner.of(Action.Add.class)
                            .anyMatch(added -> added.path().equals(file.path()))) {
                        return new Done(at + 1, done); // an answer was lost
                    }
                    if (touches(winner, paths)) {
                        store.delete(file.path());
                        return new Done(at + 1, new Optimized(0, 0, 0, 0, 0, 0, 1));
                    }
                    at++;
                }
                case PutOutcome.Unknown(var cause) -> {
                    if (++lost == ATTEMPTS) {
                        throw cause;
                    }
                }
            }
        }
    }

    private static boolean touches(LogEntry winner, Set<String> paths) {
        return winner.of(Action.MetaData.class).findAny().isPresent()
                || winner.of(Action.Protocol.class).findAny().isPresent()
                || winner.of(Action.Remove.class).anyMatch(file -> paths.contains(file.path()));
    }

    private Fragment write(KernelTable.Version table, List<Action.Add> group) {
        Schema rows = DeltaSchema.read(table.metaData().schema());
        Partitioning partitioning = Partitioning.of(rows, table.metaData().partitionColumns());
        SealedFiles sealed = new SealedFiles();
        FileWriter writer = new FileWriter(
                options.ofOneFile(),
                options.target(),
                partitioning,
                new Partition(group.getFirst().partitionValues()),
                store,
                Shipping.inline(),
                new Semaphore(1),
                this::name,
                sealed,
                clock);
        try {
            for (Action.Add file : group) {
                table.read(
                        LogNames.dataFile(file.path()).orElseThrow(),
                        file.size(),
                        partitioning.data(),
                        batch -> writer.write(batch, 0, batch.rows()));
            }
            writer.seal();
            return sealed.flush().getFirst().join();
        } finally {
            writer.close();
            sealed.drop();
        }
    }

    private String name() {
        return "optimized-" + UUID.randomUUID() + "."
                + options.parquet().compression().name().toLowerCase(Locale.ROOT) + ".parquet";
    }

    private LogEntry entry(List<Action.Add> group, Action.Add written) {
        long now = clock.millis();
        List<Action> actions = new ArrayList<>();
        ObjectNode info =
                JsonNodeFactory.instance.objectNode().put("timestamp", now).put("operation", "OPTIMIZE");
        info.putObject("operationParameters");
        actions.add(new Action.CommitInfo(info.put("isBlindAppend", false).put("engineInfo", options.engine())));
        group.forEach(file -> actions.add(
                new Action.Remove(file.path(), file.partitionValues(), file.size(), now, Action.Effect.LAYOUT)));
        actions.add(written);
        return new LogEntry(actions);
    }

    private WisentException gone(KernelTable.Version table) {
        return WisentException.of(
                        ErrorCode.NOT_SUPPORTED,
                        "the table's log was cleaned up while version " + table.number() + " was put together")
                .where(store.url())
                .hint("what is done is done; start again for the rest");
    }
}
