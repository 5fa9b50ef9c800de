package dev.wisent.connectors.delta.table;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.delta.log.Action;
import dev.wisent.connectors.delta.log.DeltaSchema;
import dev.wisent.connectors.delta.log.Features;
import dev.wisent.connectors.delta.log.LogEntry;
import dev.wisent.connectors.delta.log.TypeWidening;
import dev.wisent.connectors.delta.state.DataFile;
import dev.wisent.connectors.delta.state.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The log entry of a commit: pure, given the table it is to follow on.
public final class Entries {
    private final Application application;
    private final String engine;
    private final List<String> partitionBy;

    /// @param engine who writes, for people: `wisent/0.1.0`
    /// @param partitionBy the columns that are asked for; none: as the table has them
    public Entries(Application application, String engine, List<String> partitionBy) {
        this.application = application;
        this.engine = engine;
        this.partitionBy = List.copyOf(partitionBy);
    }

    /// By which columns files of a generation have to be partitioned. Only a generation that replaces the table may change
    /// them.
    public List<String> partitionColumns(Seen seen, GenerationId generation) {
        boolean replaces = seen.state()
                .open()
                .filter(open -> open.id().equals(generation) && open.kind() == Generation.Kind.REPLACE)
                .isPresent();
        return partitionColumns(seen.table(), replaces);
    }

    private List<String> partitionColumns(Optional<Seen.Table> table, boolean replaces) {
        List<String> is = table.map(t -> t.metaData().partitionColumns()).orElse(List.of());
        boolean fresh = table.isEmpty() || hasNoColumns(table.get());
        if (partitionBy.isEmpty() || partitionBy.equals(is)) {
            return is;
        }
        if (fresh || replaces) {
            return partitionBy;
        }
        throw WisentException.of(
                        ErrorCode.SCHEMA_REFUSED,
                        "the table is partitioned by " + is + ", and partition_by asks for " + partitionBy)
                .hint("leave partition_by out, or rewrite the table by a full refresh");
    }

    private static boolean hasNoColumns(Seen.Table table) {
        return DeltaSchema.read(table.metaData().schema()).size() == 0;
    }

    /// The entry for version `seen.version() + 1`.
    ///
    /// @param digest of the commit's object
    /// @param active the table's files at `seen.version()`; asked only when all of them are replaced
    public LogEntry of(Seen seen, Commit commit, Digest digest, Instant now, Supplier<List<Action.Add>> active) {
        List<DataFile> added = added(seen, commit);
        boolean replaces = replaces(seen, commit);
        List<Action> actions = new ArrayList<>();
        actions.add(info(commit, added, replaces, now));
        actions.addAll(definition(seen.table(), added, replaces, now));
        actions.add(new Action.Txn(application.id(), commit.head().n()));
        actions.add(new Action.Txn(application.stateId(), digest.value()));
        if (replaces) {
            seen.table().filter(t -> Features.isAppendOnly(t.metaData())).ifPresent(t -> {
                throw WisentException.of(
                                ErrorCode.NOT_SUPPORTED,
                                "the table takes no full refresh: it is append only (delta.appendOnly)")
                        .hint("use sync_mode: incremental, or another table");
            });
            active.get()
                    .forEach(file -> actions.add(new Action.Remove(
                            file.path(), file.partitionValues(), file.size(), now.toEpochMilli(), Action.Effect.ROWS)));
        }
        added.forEach(file -> actions.add(file.add()));
        return new LogEntry(actions);
    }

    /// The files that become visible.
    private static List<DataFile> added(Seen seen, Commit commit) {
        return switch (commit) {
            case Commit.Data data
            when seen.state()
                    .open()
                    .filter(g -> g.id().equals(data.generation()))
                    .isEmpty() -> data.fragments().stream().map(DataFile::of).toList();
            case Commit.Publish p -> seen.state().opened();
            default -> List.of();
        };
    }

    private static boolean replaces(Seen seen, Commit commit) {
        return commit instanceof Commit.Publish
                && seen.state()
                        .open()
                        .filter(g -> g.kind() == Generation.Kind.REPLACE)
                        .isPresent();
    }

    /// Protocol and metadata, as far as they change.
    private List<Action> definition(Optional<Seen.Table> table, List<DataFile> added, boolean replaces, Instant now) {
        Schema before = table.map(t -> DeltaSchema.read(t.metaData().schema())).orElse(Schema.of());
        Schema after = replaces && !added.isEmpty() ? Schema.of() : before;
        Action.Protocol protocol = table.map(Seen.Table::protocol).orElseGet(() -> Features.lowest(Schema.of()));
        Merge merge = new Merge(after, TypeWidening.isIn(protocol));
        added.forEach(file -> merge.add(file.schema()));
        after = merge.schema();
        List<TypeWidening.Growth> growing = merge.growing();
        Action.Protocol needed = Features.including(protocol, after);
        if (!growing.isEmpty()) {
            needed = TypeWidening.added(needed);
        }
        List<Action> actions = new ArrayList<>();
        if (table.isEmpty() || !needed.equals(protocol)) {
            actions.add(needed);
        }
        List<String> partitions = partitions(table, added, replaces);
        if (table.isEmpty()) {
            actions.add(new Action.MetaData(
                    UUID.randomUUID().toString(),
                    Optional.empty(),
                    DeltaSchema.write(after, "", growing),
                    partitions,
                    growing.isEmpty() ? Map.of() : Map.of(TypeWidening.PROPERTY, "true"),
                    OptionalLong.of(now.toEpochMilli())));
        } else {
            Action.MetaData is = table.get().metaData();
            if (!after.equals(before) || !partitions.equals(is.partitionColumns())) {
                actions.add(new Action.MetaData(
                        is.id(),
                        is.name(),
                        DeltaSchema.write(after, is.schema(), growing),
                        partitions,
                        properties(is, growing),
                        is.created()));
            }
        }
        return actions;
    }

    /// By which columns the table is partitioned when these files are in it. A table can't name columns before it has them.
    private List<String> partitions(Optional<Seen.Table> table, List<DataFile> added, boolean replaces) {
        if (added.isEmpty()) {
            return table.map(t -> t.metaData().partitionColumns()).orElse(List.of());
        }
        List<String> partitions = partitionColumns(table, replaces);
        for (DataFile file : added) {
            if (!file.add().partitionValues().keySet().equals(Set.copyOf(partitions))) {
                throw WisentException.of(
                                ErrorCode.SCHEMA_REFUSED,
                                "the table is partitioned by " + partitions
                                        + ", and rows that are ready for it were written by "
                                        + file.add().partitionValues().keySet())
                        .hint("give partition_by as it was, or begin anew: wisent stream reset");
            }
        }
        return partitions;
    }

    private static Map<String, String> properties(Action.MetaData is, List<TypeWidening.Growth> growing) {
        if (growing.isEmpty()) {
            return is.configuration();
        }
        String allowed = is.configuration().getOrDefault(TypeWidening.PROPERTY, "true");
        if (!allowed.equalsIgnoreCase("true")) {
            TypeWidening.Growth first = growing.getFirst();
            throw WisentException.of(
                            ErrorCode.SCHEMA_REFUSED,
                            "column '" + first.column() + "' would grow from "
                                    + first.from().text() + " to " + first.to().text()
                                    + ", and the table's owner has turned that off (" + TypeWidening.PROPERTY + ")")
                    .hint("set the property to true, or cast the column to the table's type");
        }
        Map<String, String> properties = new HashMap<>(is.configuration());
        properties.put(TypeWidening.PROPERTY, "true");
        return properties;
    }

    private Action.CommitInfo info(Commit commit, List<DataFile> added, boolean replaces, Instant now) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", now.toEpochMilli())
                .put("operation", operation(commit, added));
        node.putObject("operationParameters").put("mode", replaces ? "Overwrite" : "Append");
        node.put("isBlindAppend", !replaces);
        node.putObject("operationMetrics")
                .put("numFiles", String.valueOf(added.size()))
                .put(
                        "numOutputBytes",
                        String.valueOf(added.stream()
                                .mapToLong(file -> file.add().size())
                                .sum()));
        return new Action.CommitInfo(node.put("engineInfo", engine)
                .put("wisentRun", commit.head().run().value())
                .put("wisentCommit", commit.head().n()));
    }

    /// For people who look at the table's history.
    private static String operation(Commit commit, List<DataFile> added) {
        return switch (commit) {
            case Commit.Claim c -> "CLAIM";
            case Commit.Begin b -> "BEGIN";
            case Commit.Data d -> added.isEmpty() ? "STAGE" : "WRITE";
            case Commit.Publish p -> "PUBLISH";
            case Commit.Drop d -> "DROP";
        };
    }
}
