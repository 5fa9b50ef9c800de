package dev.wisent.connectors.sql.staged;

import dev.wisent.api.StreamId;
import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.ProgressView;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.CommitTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a commit does to the tables of its stream, in the commit's transaction.
final class Loading implements CommitTables.Work {
    private final StagedDatabase database;
    private final StagedOptions options;
    private final CommitTables tables;
    private final PartFolder folder;

    Loading(StagedDatabase database, StagedOptions options, CommitTables tables, PartFolder folder) {
        this.database = database;
        this.options = options;
        this.tables = tables;
        this.folder = folder;
    }

    @Override
    public void apply(Connection in, Commit commit, ProgressView before) throws SQLException {
        Step step = new Step(in, commit.head().stream(), before);
        switch (commit) {
            case Commit.Claim claim -> {}
            case Commit.Begin begin -> {}
            case Commit.Data data -> step.data(data);
            case Commit.Publish publish -> step.publish(publish.generation());
            case Commit.Drop drop -> step.drop(drop.generation());
        }
    }

    private final class Step {
        private final Connection in;
        private final Sql sql;
        private final StreamId stream;
        private final ProgressView before;
        private final Map<TargetId, TargetTables> known = new LinkedHashMap<>();
        private final TableShapes shapes;

        Step(Connection in, StreamId stream, ProgressView before) throws SQLException {
            this.in = in;
            this.sql = new Sql(in);
            this.stream = stream;
            this.before = before;
            this.shapes = new TableShapes(database, database.shaping(in));
            tables.identities(in, stream).forEach((target, text) -> known.put(target, TargetTables.parse(text)));
        }

        void data(Commit.Data data) throws SQLException {
            Map<TargetId, List<Source>> sources = new LinkedHashMap<>();
            for (int i = 0; i < data.fragments().size(); i++) {
                Fragment fragment = data.fragments().get(i);
                StagedPart part = StagedPart.parse(fragment.description());
                List<Source> of = sources.computeIfAbsent(fragment.target(), t -> new ArrayList<>());
                // parts are attached by their place in the commit, where those of several targets stand between each
                // other
                of.add(new Source(part, database.from(folder.of(part), i), of.size()));
            }
            for (Map.Entry<TargetId, List<Source>> each : sources.entrySet()) {
                load(each.getKey(), data, each.getValue());
            }
            if (data.mode() == Commit.Mode.MERGE && !joins(data.generation())) {
                prune(data.generation(), data.generation().equals(before.live().id()));
            }
        }

        /// Elements of lists that no row has any more go away.
        private void prune(GenerationId generation, boolean live) throws SQLException {
            List<TargetId> names = known.keySet().stream()
                    .sorted(Comparator.comparing(TargetId::name))
                    .toList();
            for (TargetId child : names) {
                TargetTables were = known.getOrDefault(child, TargetTables.NONE);
                Optional<KnownTable> table =
                        were.of(generation, live).filter(each -> ChildTables.isChild(each.columns()));
                for (TargetId parent : table.isEmpty() ? List.<TargetId>of() : names) {
                    Optional<String> column = ChildTables.column(parent, child)
                            .filter(each -> known.getOrDefault(parent, TargetTables.NONE)
                                    .of(generation, live)
                                    .filter(of -> of.columns().indexOf(each).isPresent())
                                    .isPresent());
                    if (column.isPresent()) {
                        TableName name = live ? name(child) : hidden(child, generation);
                        TableName of = live ? name(parent) : hidden(parent, generation);
                        sql.run(database.deleteOrphans(name.sql(), of.sql(), TableName.quoted(column.get())));
                        remember(child, were.with(generation, live, filled(name, table.orElseThrow())));
                    }
                }
            }
        }

        private void load(TargetId target, Commit.Data data, List<Source> sources) throws SQLException {
            GenerationId generation = data.generation();
            boolean live = generation.equals(before.live().id());
            Schema rows = shapes.columns(sources);
            List<String> key =
                    data.mode() == Commit.Mode.MERGE && !ChildTables.isChild(rows) ? key(sources) : List.of();
            boolean waits = !key.isEmpty() && !live && joins(generation);
            TableName name = live ? name(target) : hidden(target, generation);
            TargetTables were = known.getOrDefault(target, TargetTables.NONE);
            Schema columns = key.isEmpty() || waits ? rows : Merging.columns(rows, options);
            KnownTable table = shapes.ready(name, were.of(generation, live), columns, waits ? key : List.of());
            if (live) {
                cluster(target, name, table);
            }
            if (waits) {
                sql.run(new Selecting(database)
                        .waiting(name, table.columns(), sources, data.head().n()));
            } else if (!key.isEmpty()) {
                Schema said = typed(rows, table.columns());
                database.index(shapes.in(), name, table.columns(), key);
                merge(target, key, name, said, new Selecting(database).changes(said, sources, 0));
            } else {
                sql.run(new Selecting(database, order(target, table.columns())).append(name, table.columns(), sources));
            }
            remember(target, were.with(generation, live, filled(name, table)));
        }

        private void cluster(TargetId target, TableName name, KnownTable table) throws SQLException {
            shapes.cluster(name, table, options.clustering().of(target, table.columns()));
        }

        private List<String> order(TargetId target, Schema columns) {
            return database.sorts() ? options.clustering().of(target, columns) : List.of();
        }

        private void merge(TargetId target, List<String> key, TableName into, Schema rows, String changes)
                throws SQLException {
            String stage = database.temporary("_wisent_stage");
            sql.run(database.makeTemporary("_wisent_stage", changes));
            new Merging(database, options, key, sql)
                    .inOrder(order(target, rows))
                    .merge(into, rows, stage);
            sql.run(database.dropTemporary("_wisent_stage"));
        }

        private static List<String> key(List<Source> sources) {
            List<String> key = sources.getFirst().part().primaryKey();
            if (key.isEmpty()
                    || sources.stream().anyMatch(s -> !s.part().primaryKey().equals(key))) {
                throw new IllegalArgumentException("parts that are merged by different keys: " + sources);
            }
            return key;
        }

        private boolean joins(GenerationId generation) {
            return before.open()
                    .filter(open -> open.generation().id().equals(generation))
                    .filter(open -> open.generation().kind() == Generation.Kind.APPEND)
                    .isPresent();
        }

        void publish(GenerationId generation) throws SQLException {
            boolean joins = joins(generation);
            for (TargetId target : List.copyOf(known.keySet())) {
                TargetTables were = known.getOrDefault(target, TargetTables.NONE);
                Optional<KnownTable> hidden = were.of(generation, false);
                if (joins) {
                    if (hidden.isPresent()) {
                        join(target, were, generation, hidden.get());
                    }
                } else if (hidden.isPresent()) {
                    if (were.live().isEmpty()) {
                        shapes.refuseForeign(name(target));
                    }
                    cluster(target, hidden(target, generation), hidden.get());
                    database.replace(in, name(target), hidden(target, generation));
                    remember(target, new TargetTables(hidden, Optional.empty()));
                } else if (were.live().isPresent()) {
                    empty(target, were, were.live().get(), generation);
                }
            }
            if (joins && options.childTables() > 0) {
                prune(before.live().id(), true);
            }
        }

        private void join(TargetId target, TargetTables were, GenerationId generation, KnownTable hidden)
                throws SQLException {
            TableName name = name(target);
            TableName from = hidden(target, generation);
            boolean merged = !hidden.mergedBy().isEmpty();
            Schema columns = merged ? Merging.columns(hidden.columns(), options) : hidden.columns();
            KnownTable table = shapes.ready(name, were.live(), columns, List.of());
            cluster(target, name, table);
            if (merged) {
                Schema said = typed(hidden.columns(), table.columns());
                database.index(shapes.in(), name, table.columns(), hidden.mergedBy());
                merge(
                        target,
                        hidden.mergedBy(),
                        name,
                        said,
                        new Selecting(database).waited(said, from, hidden.columns()));
            } else {
                sql.run(new Selecting(database, order(target, table.columns()))
                        .join(name, table.columns(), from, hidden.columns()));
            }
            database.drop(in, from);
            remember(target, new TargetTables(Optional.of(filled(name, table)), Optional.empty()));
        }

        /// A refresh that brought no row of this target. Where the others are replaced later, so is this one: a list that has
        /// lost its elements is not seen with a row that still has it.
        private void empty(TargetId target, TargetTables were, KnownTable live, GenerationId generation)
                throws SQLException {
            TableName name = name(target);
            if (!database.mark(in, name).equals(Optional.of(live.mark()))) {
                return;
            }
            if (database.replacesLater() && options.childTables() > 0) {
                TableName hidden = hidden(target, generation);
                KnownTable none = shapes.ready(hidden, Optional.empty(), live.columns(), List.of());
                cluster(target, hidden, none);
                database.replace(in, name, hidden);
                remember(target, new TargetTables(Optional.of(none), Optional.empty()));
            } else {
                sql.run("DELETE FROM " + name.sql());
                remember(target, were.with(before.live().id(), true, live.filled(KnownTable.Fill.EMPTY)));
            }
        }

        void drop(GenerationId generation) throws SQLException {
            for (TargetId target : List.copyOf(known.keySet())) {
                TargetTables were = known.getOrDefault(target, TargetTables.NONE);
                if (were.of(generation, false).isPresent()) {
                    database.drop(in, hidden(target, generation));
                    remember(target, were.withoutHidden());
                }
            }
        }

        private TableName hidden(TargetId target, GenerationId generation) {
            return database.hidden(name(target), generation);
        }

        private TableName name(TargetId target) {
            return database.name(target);
        }

        private KnownTable filled(TableName name, KnownTable table) throws SQLException {
            boolean rows = sql.has("SELECT 1 FROM " + name.sql() + " LIMIT 1");
            return table.filled(rows ? KnownTable.Fill.ROWS : KnownTable.Fill.EMPTY);
        }

        private void remember(TargetId target, TargetTables now) throws SQLException {
            known.put(target, now);
            tables.remember(in, stream, target, now.text());
        }
    }

    /// The columns of `rows` as `table` has them.
    private static Schema typed(Schema rows, Schema table) {
        return Schema.of(table.fields().stream()
                .filter(field -> rows.indexOf(field.name()).isPresent())
                .toList());
    }

    /// The columns of a list, as statements write it.
    static String names(Schema columns) {
        return columns.fields().stream().map(Field::name).map(TableName::quoted).collect(Collectors.joining(", "));
    }
}
