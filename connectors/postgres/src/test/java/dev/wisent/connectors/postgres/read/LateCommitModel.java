package dev.wisent.connectors.postgres.read;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.commit.SplitView;
import dev.wisent.connectors.sql.cursor.Edge;
import dev.wisent.connectors.sql.cursor.Windows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// One history of writers and an incremental reader over a model of a table under MVCC: transactions see and hide rows as a
/// server's do, the reader's windows and frontier are the source's own classes. Between any two steps of the reader writers
/// may do anything.
final class LateCommitModel {
    private static final int MOST_OPEN = 5;
    private static final int KEYS_BETWEEN_BOUNDS = 4;

    /// How rows get their cursors.
    enum Cursors {
        /// `now()`: the start of the transaction.
        TRANSACTION_START,
        /// `clock_timestamp()`.
        CLOCK,
        /// A sequence: drawn by inserts.
        SEQUENCE
    }

    /// Where the reader's windows end.
    enum Rule {
        OPEN_TRANSACTIONS,
        /// The highest cursor that is visible: wrong, to see that the model tells.
        HIGHEST_VISIBLE,
        /// As if prepared transactions were not looked at: wrong.
        NO_PREPARED
    }

    private record Version(long cursor, int version) {}

    private static final class Transaction {
        final long start;
        boolean prepared;
        final Map<Integer, Version> writes = new HashMap<>();

        Transaction(long start) {
            this.start = start;
        }
    }

    /// A row as the reader got it.
    private record Row(int key, int version) {}

    private final Random random;
    private final Cursors cursors;
    private final Rule rule;
    private long clock = 1_000;
    private long sequence;
    /// Nobody writes any more, and nothing is killed.
    private boolean quiet;
    private int nextKey = 1;
    private int nextVersion = 1;
    private final TreeMap<Integer, Version> table = new TreeMap<>();
    private final List<Transaction> open = new ArrayList<>();
    private final Map<SplitId, SplitView> progress = new HashMap<>();
    private final List<Row> delivered = new ArrayList<>();

    LateCommitModel(long seed, Cursors cursors, Rule rule) {
        this.random = new Random(seed);
        this.cursors = cursors;
        this.rule = rule;
    }

    /// Plays the history and reads what is left when all writers have ended.
    ///
    /// @return what is wrong; empty: nothing
    Optional<String> play() {
        int runs = 2 + random.nextInt(5);
        for (int run = 0; run < runs; run++) {
            write(random.nextInt(12));
            read();
        }
        while (!open.isEmpty()) {
            end(open.getFirst(), random.nextInt(4) > 0);
        }
        clock += 10;
        quiet = true;
        read();
        read();
        return verdict();
    }

    private Optional<String> verdict() {
        Set<Row> seen = new HashSet<>();
        for (Row row : delivered) {
            if (!seen.add(row)) {
                return Optional.of("read twice: " + row);
            }
        }
        for (Map.Entry<Integer, Version> row : table.entrySet()) {
            if (!seen.contains(new Row(row.getKey(), row.getValue().version()))) {
                return Optional.of("lost: key " + row.getKey() + " " + row.getValue());
            }
        }
        return Optional.empty();
    }

    private void write(int steps) {
        for (int step = 0; step < steps && !quiet; step++) {
            clock += random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (open.size() < MOST_OPEN) {
                        open.add(new Transaction(clock));
                    }
                }
                case 2, 3 -> pick().filter(t -> !t.prepared).ifPresent(this::change);
                case 4 -> pick().ifPresent(t -> end(t, random.nextInt(5) > 0));
                default -> {
                    if (random.nextInt(4) == 0) {
                        pick().ifPresent(t -> t.prepared = true);
                    }
                }
            }
        }
    }

    private Optional<Transaction> pick() {
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    private void change(Transaction by) {
        boolean insert = cursors == Cursors.SEQUENCE || table.isEmpty() || random.nextInt(3) > 0;
        int key = insert ? nextKey++ : List.copyOf(table.keySet()).get(random.nextInt(table.size()));
        boolean locked = open.stream().anyMatch(other -> other != by && other.writes.containsKey(key));
        if (!locked) {
            long cursor = switch (cursors) {
                case TRANSACTION_START -> by.start;
                case CLOCK -> clock;
                case SEQUENCE -> ++sequence;
            };
            by.writes.put(key, new Version(cursor, nextVersion++));
        }
    }

    private void end(Transaction one, boolean commits) {
        open.remove(one);
        if (commits) {
            table.putAll(one.writes);
        }
    }

    private Windows windows() {
        GenerationView empty = GenerationView.EMPTY;
        return Windows.of(new GenerationView(
                empty.id(), progress, empty.schema(), empty.opening(), empty.counts(), empty.rejects()));
    }

    /// One run: plans, reads some chunks, commits some of them, and may be killed.
    private void read() {
        Windows windows = windows();
        windows.forgotten().forEach(progress::remove);
        Optional<Windows.Window> window = windows.last();
        if (windows.isFinished()) {
            Optional<Edge> edge = edge();
            window = edge.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            window.isPresent()
                                    ? window.get().next(edge.get(), List.of("c", "k"))
                                    : new Windows.Window(1, Optional.empty(), edge.get(), List.of("k"), bounds()));
        }
        if (window.isPresent()) {
            for (int part = 0; part < window.get().parts(); part++) {
                if (!readPart(window.get(), part)) {
                    return;
                }
                write(random.nextInt(3));
            }
        }
    }

    private List<List<String>> bounds() {
        List<List<String>> bounds = new ArrayList<>();
        for (int key = KEYS_BETWEEN_BOUNDS; key < nextKey && bounds.size() < 2; key += KEYS_BETWEEN_BOUNDS) {
            bounds.add(List.of(Integer.toString(key)));
        }
        return bounds;
    }

    private Optional<Edge> edge() {
        if (rule == Rule.HIGHEST_VISIBLE) {
            return table.values().stream()
                    .map(Version::cursor)
                    .max(Comparator.naturalOrder())
                    .map(c -> Edge.upTo(Long.toString(c)));
        }
        String drawn = Long.toString(sequence);
        clock++;
        long lookedAt = clock;
        write(random.nextInt(4));
        List<Frontier.Open> running = open.stream()
                .filter(t -> !t.prepared)
                .map(t -> new Frontier.Open(t.start, "someone"))
                .toList();
        write(random.nextInt(3));
        List<String> prepared = rule == Rule.NO_PREPARED
                ? List.of()
                : open.stream().filter(t -> t.prepared).map(t -> "p" + t.start).toList();
        Frontier frontier = Frontier.of(new Frontier.Seen(lookedAt, running, prepared));
        if (cursors == Cursors.SEQUENCE) {
            return frontier.isAfter(lookedAt) ? Optional.of(Edge.upTo(drawn)) : Optional.empty();
        }
        return frontier.micros().isPresent()
                ? Optional.of(Edge.below(Long.toString(frontier.micros().getAsLong())))
                : Optional.empty();
    }

    /// @return whether the run lives
    private boolean readPart(Windows.Window window, int part) {
        SplitId id = window.id(part);
        SplitView stands = progress.getOrDefault(id, new SplitView(Position.START, false));
        if (stands.finished()) {
            return true;
        }
        Position at = stands.position();
        List<Row> uncommitted = new ArrayList<>();
        while (true) {
            int limit = 1 + random.nextInt(3);
            List<Map.Entry<Integer, Version>> chunk = chunk(window, part, Tokens.values(at.token()), limit);
            for (Map.Entry<Integer, Version> row : chunk) {
                uncommitted.add(new Row(row.getKey(), row.getValue().version()));
                at = new Position(at.ordinal() + 1, Tokens.text(token(window, row)));
            }
            boolean ended = chunk.size() < limit;
            if (ended || random.nextInt(3) == 0) {
                delivered.addAll(uncommitted);
                uncommitted.clear();
                progress.put(id, new SplitView(at, ended));
            }
            if (ended) {
                return true;
            }
            if (random.nextInt(8) == 0 && !quiet) {
                return false;
            }
            write(random.nextInt(4));
        }
    }

    private static List<String> token(Windows.Window window, Map.Entry<Integer, Version> row) {
        String key = Integer.toString(row.getKey());
        return window.by().size() == 1
                ? List.of(key)
                : List.of(Long.toString(row.getValue().cursor()), key);
    }

    /// What a statement of [SplitSpec#select] gives now.
    private List<Map.Entry<Integer, Version>> chunk(Windows.Window window, int part, List<String> after, int limit) {
        boolean byKey = window.by().size() == 1;
        long low =
                byKey && part > 0 ? Long.parseLong(window.bounds().get(part - 1).getFirst()) : 0;
        long high = byKey && part < window.bounds().size()
                ? Long.parseLong(window.bounds().get(part).getFirst())
                : Long.MAX_VALUE;
        Comparator<Map.Entry<Integer, Version>> order = byKey
                ? Map.Entry.comparingByKey()
                : Comparator.<Map.Entry<Integer, Version>>comparingLong(
                                row -> row.getValue().cursor())
                        .thenComparing(Map.Entry.comparingByKey());
        return table.entrySet().stream()
                .filter(row -> row.getKey() > low && row.getKey() <= high)
                .filter(row ->
                        window.since().map(edge -> !within(edge, row)).orElse(true) && within(window.edge(), row))
                .filter(row -> after.isEmpty() || isBehind(row, after))
                .sorted(order)
                .limit(limit)
                .map(row -> Map.entry(row.getKey(), row.getValue()))
                .toList();
    }

    private static boolean isBehind(Map.Entry<Integer, Version> row, List<String> after) {
        if (after.size() == 1) {
            return row.getKey() > Integer.parseInt(after.getFirst());
        }
        long cursor = Long.parseLong(after.getFirst());
        return row.getValue().cursor() > cursor
                || (row.getValue().cursor() == cursor && row.getKey() > Integer.parseInt(after.getLast()));
    }

    private static boolean within(Edge edge, Map.Entry<Integer, Version> row) {
        long value = Long.parseLong(edge.text().substring(1));
        return edge.text().startsWith("<")
                ? row.getValue().cursor() < value
                : row.getValue().cursor() <= value;
    }
}
