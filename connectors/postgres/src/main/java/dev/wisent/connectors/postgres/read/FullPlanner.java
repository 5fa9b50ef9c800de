package dev.wisent.connectors.postgres.read;

import dev.wisent.api.SplitId;
import dev.wisent.api.StreamState;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.postgres.PostgresTable;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A full read: one split for each range of the key, or one for all. The bounds are kept with the generation, so that a run
/// that goes on cuts the same splits.
final class FullPlanner implements Planner {
    private final Relation relation;
    private final KeyRanges ranges;
    private final StreamState opening;
    private final Optional<String> gone;
    private final List<String> warnings;
    private final OpenTime openTime;
    private boolean answered;

    private FullPlanner(
            Relation relation,
            KeyRanges ranges,
            StreamState opening,
            Optional<String> gone,
            List<String> warnings,
            OpenTime openTime) {
        this.relation = relation;
        this.ranges = ranges;
        this.opening = opening;
        this.gone = gone;
        this.warnings = List.copyOf(warnings);
        this.openTime = openTime;
    }

    static FullPlanner of(Connection connection, ReadOptions options, ReadRequest request, OpenTime openTime)
            throws SQLException {
        Relation relation = Relation.find(connection, options);
        refuseNulls(connection, relation);
        List<String> warnings = new ArrayList<>(Warnings.of(connection, relation));
        if (relation.chunks() == SplitSpec.Chunks.WHOLE) {
            warnings.add("stream " + options.stream()
                    + " has no key, so it is read in one transaction, and a run that is interrupted begins it again:"
                    + " primary_key names one");
        }
        if (request.state().isEmpty()) {
            KeyRanges ranges = KeyRanges.of(connection, relation, options);
            return new FullPlanner(relation, ranges, state(relation, ranges), Optional.empty(), warnings, openTime);
        }
        JsonNode kept = JsonMapper.shared().readTree(request.state().json());
        List<List<String>> bounds = new ArrayList<>();
        kept.get("bounds").forEach(bound -> bounds.add(Tokens.list(bound)));
        KeyRanges ranges = new KeyRanges(bounds, kept.get("row_bytes").longValue(), 0);
        Optional<String> gone = kept.get("table").longValue() == oid(relation)
                        && Tokens.list(kept.get("key")).equals(relation.key())
                ? Optional.empty()
                : Optional.of("the table was made anew, or has another key");
        return new FullPlanner(relation, ranges, request.state(), gone, warnings, openTime);
    }

    /// A row without a value of its key would be in no range.
    static void refuseNulls(Connection connection, Relation relation) throws SQLException {
        if (!relation.hasNullableKey()) {
            return;
        }
        String condition = String.join(
                " OR ",
                relation.key().stream()
                        .map(name -> ReadColumn.qualified(name) + " IS NULL")
                        .toList());
        if (Sql.is(connection, "SELECT EXISTS (SELECT 1 FROM " + relation.from() + " AS t WHERE " + condition + ")")) {
            throw WisentException.of(
                            ErrorCode.SOURCE_FAILED,
                            "rows have no value in primary_key (" + String.join(", ", relation.key())
                                    + ") and could not be read by it")
                    .hint("name other columns, or leave primary_key out: all is read in one transaction then");
        }
    }

    private static long oid(Relation relation) {
        return relation.table().map(PostgresTable::oid).orElse(0L);
    }

    private static StreamState state(Relation relation, KeyRanges ranges) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("table", oid(relation)).put("row_bytes", ranges.rowBytes());
        Tokens.put(node, "key", relation.key());
        ArrayNode bounds = node.putArray("bounds");
        ranges.bounds().forEach(bound -> bounds.add(Tokens.array(bound)));
        return new StreamState(node.toString());
    }

    @Override
    public StreamState opening() {
        return opening;
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(relation.spec().schema());
    }

    @Override
    public PlanPage next(Duration wait) {
        if (answered) {
            return new PlanPage.Complete();
        }
        answered = true;
        SplitSpec whole = relation.spec().rowBytes(ranges.rowBytes());
        if (gone.isPresent()) {
            whole = whole.gone(gone.get());
        }
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < ranges.count(); i++) {
            SplitSpec spec = KeyRanges.cut(whole, ranges.bounds(), i);
            String id = ranges.count() == 1 ? "all" : "keys-" + (i + 1) + "-of-" + ranges.count();
            splits.add(new Split(
                    new SplitId(id), label(spec), spec.json(), OptionalLong.of(ranges.bytes() / ranges.count())));
        }
        return new PlanPage.Splits(splits, List.of());
    }

    static String label(SplitSpec spec) {
        if (spec.after().isEmpty() && spec.upTo().isEmpty()) {
            return "all rows";
        }
        return String.join(", ", spec.order())
                + (spec.after().isEmpty() ? "" : " after " + String.join(", ", spec.after()))
                + (spec.upTo().isEmpty() ? "" : " up to " + String.join(", ", spec.upTo()));
    }

    /// As of the last ANALYZE.
    @Override
    public OptionalLong estimatedRows() {
        return relation.table()
                .map(PostgresTable::estimatedRows)
                .filter(rows -> rows >= 0)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), openTime.warnings().stream()).toList();
    }

    @Override
    public void close() {}
}
