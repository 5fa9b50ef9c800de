package dev.wisent.connectors.mysql.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.read.OpenTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A full read: one split for each range of the key, or one for all. The bounds are kept with the generation, so that a run
/// that goes on cuts the same splits.
final class FullPlanner implements Planner {
    private final Relation relation;
    private final KeyRanges ranges;
    private final StreamState opening;
    private final String gone;
    private final List<String> warnings;
    private final OpenTime openTime;
    private boolean answered;

    private FullPlanner(
            Relation relation,
            KeyRanges ranges,
            StreamState opening,
            String gone,
            List<String> warnings,
            OpenTime openTime) {
        this.relation = relation;
        this.ranges = ranges;
        this.opening = opening;
        this.gone = gone;
        this.warnings = List.copyOf(warnings);
        this.openTime = openTime;
    }

    static FullPlanner of(Connection in, Relation relation, ReadOptions options, ReadRequest request, OpenTime openTime)
            throws SQLException {
        List<String> warnings = new ArrayList<>();
        if (relation.order().isEmpty()) {
            warnings.add("stream " + options.stream() + " has no key that rows can be read in the order of, so one"
                    + " statement reads all of it, and a run that is interrupted begins it again");
        }
        if (request.state().isEmpty()) {
            KeyRanges ranges = KeyRanges.of(in, relation, options);
            return new FullPlanner(relation, ranges, state(relation, ranges), "", warnings, openTime);
        }
        JsonNode kept = JsonMapper.shared().readTree(request.state().json());
        boolean same = Tokens.list(kept.get("order")).equals(relation.order());
        KeyRanges ranges = new KeyRanges(Tokens.list(kept.get("bounds")));
        return new FullPlanner(
                relation, ranges, request.state(), same ? "" : "the table has another key", warnings, openTime);
    }

    private static StreamState state(Relation relation, KeyRanges ranges) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("order", Tokens.array(relation.order()));
        node.set("bounds", Tokens.array(ranges.bounds()));
        return new StreamState(node.toString());
    }

    @Override
    public StreamState opening() {
        return opening;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(relation.schema());
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            return new PlanPage.Complete();
        }
        answered = true;
        List<Split> splits = new ArrayList<>();
        int count = ranges.count();
        long rowBytes = relation.rows() == 0 ? 0 : Math.max(1, relation.bytes() / relation.rows());
        for (int i = 0; i < count; i++) {
            String where = gone.isEmpty() ? ranges.where(relation, i) : "";
            splits.add(new Split(
                    new SplitId(count == 1 ? "all" : "keys-" + (i + 1) + "-of-" + count),
                    where.isEmpty() ? "all rows" : where,
                    new SplitSpec(where, relation.order(), rowBytes, gone).json(),
                    relation.bytes() == 0 ? OptionalLong.empty() : OptionalLong.of(relation.bytes() / count)));
        }
        return new PlanPage.Splits(splits, List.of());
    }

    /// As the server counted last.
    @Override
    public OptionalLong estimatedRows() {
        return relation.rows() == 0 ? OptionalLong.empty() : OptionalLong.of(relation.rows());
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), openTime.warnings().stream()).toList();
    }

    @Override
    public void close() {}
}
