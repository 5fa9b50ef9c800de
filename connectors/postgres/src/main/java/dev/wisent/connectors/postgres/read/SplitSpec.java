package dev.wisent.connectors.postgres.read;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Nullability;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import dev.wisent.connectors.postgres.Wire;
import dev.wisent.connectors.sql.cursor.Sieve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a reader and a decoder must know of a split, as the JSON of its spec.
///
/// @param from the table, or the query in parentheses
/// @param order the columns rows come in the order of; empty: in none
/// @param after the values of `order` before the first row; empty: from the beginning
/// @param upTo those of the last row there may be; empty: to the end
/// @param filter a condition; empty: none
/// @param rowBytes how long a row may be, for the first chunk; 0: not known
/// @param snapshot the exported snapshot to read in; empty: each chunk in one of its own
/// @param gone why the split can't be read any more; empty: it can
/// @param sieve what it leaves out and remembers; empty: nothing
record SplitSpec(
        String from,
        List<ReadColumn> columns,
        Chunks chunks,
        List<String> order,
        List<String> after,
        List<String> upTo,
        String filter,
        long rowBytes,
        String snapshot,
        String gone,
        String sieve) {
    /// Where reading may stop and begin again.
    enum Chunks {
        /// After any row: no two rows have the same values of `order`.
        UNIQUE,
        /// Where the values of `order` change.
        TIES,
        /// At the end only.
        WHOLE
    }

    SplitSpec {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
        after = List.copyOf(after);
        upTo = List.copyOf(upTo);
    }

    /// All of `from`, in no order.
    static SplitSpec whole(String from, List<ReadColumn> columns) {
        return new SplitSpec(from, columns, Chunks.WHOLE, List.of(), List.of(), List.of(), "", 0, "", "", "");
    }

    SplitSpec inOrder(Chunks how, List<String> by) {
        return new SplitSpec(from, columns, how, by, after, upTo, filter, rowBytes, snapshot, gone, sieve);
    }

    /// Rows after `low`, up to and with `high`; empty: open.
    SplitSpec between(List<String> low, List<String> high) {
        return new SplitSpec(from, columns, chunks, order, low, high, filter, rowBytes, snapshot, gone, sieve);
    }

    SplitSpec where(String condition) {
        return new SplitSpec(from, columns, chunks, order, after, upTo, condition, rowBytes, snapshot, gone, sieve);
    }

    SplitSpec rowBytes(long bytes) {
        return new SplitSpec(from, columns, chunks, order, after, upTo, filter, bytes, snapshot, gone, sieve);
    }

    SplitSpec in(String exported) {
        return new SplitSpec(from, columns, chunks, order, after, upTo, filter, rowBytes, exported, gone, sieve);
    }

    SplitSpec gone(String why) {
        return new SplitSpec(from, columns, chunks, order, after, upTo, filter, rowBytes, snapshot, why, sieve);
    }

    SplitSpec sifted(Sieve.Spec by) {
        return new SplitSpec(from, columns, chunks, order, after, upTo, filter, rowBytes, snapshot, gone, by.text());
    }

    Schema schema() {
        return Schema.of(columns.stream().map(ReadColumn::field).toList());
    }

    /// Where in `columns` the ones of `order` are.
    int[] orderIndexes() {
        List<String> names = columns.stream().map(ReadColumn::name).toList();
        return order.stream().mapToInt(names::indexOf).toArray();
    }

    /// The statement for the rows after `last`.
    ///
    /// @param last values of `order`; empty: from `after` on
    String select(List<String> last, long limit) {
        List<String> from = last.isEmpty() ? after : last;
        List<String> conditions = new ArrayList<>();
        if (!filter.isEmpty()) {
            conditions.add("(" + filter + ")");
        }
        if (!from.isEmpty()) {
            conditions.add(row() + " > " + Tokens.row(from));
        }
        if (!upTo.isEmpty()) {
            conditions.add(row() + " <= " + Tokens.row(upTo));
        }
        String list =
                String.join(", ", columns.stream().map(ReadColumn::expression).toList());
        String by = String.join(", ", order.stream().map(ReadColumn::qualified).toList());
        return "SELECT " + list + " FROM " + this.from + " AS t"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + switch (chunks) {
                    case UNIQUE -> " ORDER BY " + by + " LIMIT " + limit;
                    case TIES -> " ORDER BY " + by + " FETCH FIRST " + limit + " ROWS WITH TIES";
                    case WHOLE -> "";
                };
    }

    private String row() {
        String columns =
                String.join(", ", order.stream().map(ReadColumn::qualified).toList());
        return order.size() == 1 ? columns : "(" + columns + ")";
    }

    String json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("from", from);
        ArrayNode list = node.putArray("columns");
        for (ReadColumn column : columns) {
            list.addArray()
                    .add(column.name())
                    .add(column.type().text())
                    .add(column.nullability().name())
                    .add(column.wire().name())
                    .add(column.expression());
        }
        node.put("chunks", chunks.name());
        Tokens.put(node, "order", order);
        Tokens.put(node, "after", after);
        Tokens.put(node, "up_to", upTo);
        node.put("filter", filter)
                .put("row_bytes", rowBytes)
                .put("snapshot", snapshot)
                .put("gone", gone)
                .put("sieve", sieve);
        return node.toString();
    }

    static SplitSpec parse(String json) {
        JsonNode node = JsonMapper.shared().readTree(json);
        List<ReadColumn> columns = new ArrayList<>();
        for (JsonNode column : node.get("columns")) {
            columns.add(new ReadColumn(
                    column.get(0).stringValue(),
                    type(column.get(1).stringValue()),
                    Nullability.valueOf(column.get(2).stringValue()),
                    Wire.valueOf(column.get(3).stringValue()),
                    column.get(4).stringValue()));
        }
        return new SplitSpec(
                node.get("from").stringValue(),
                columns,
                Chunks.valueOf(node.get("chunks").stringValue()),
                Tokens.list(node.get("order")),
                Tokens.list(node.get("after")),
                Tokens.list(node.get("up_to")),
                node.get("filter").stringValue(),
                node.get("row_bytes").longValue(),
                node.get("snapshot").stringValue(),
                node.get("gone").stringValue(),
                node.get("sieve").stringValue());
    }

    private static DataType type(String text) {
        return TypeParser.parse(text);
    }

    Optional<String> isGone() {
        return gone.isEmpty() ? Optional.empty() : Optional.of(gone);
    }
}
