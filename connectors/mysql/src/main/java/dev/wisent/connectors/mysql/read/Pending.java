package dev.wisent.connectors.mysql.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Those who may still add a row that counts as written before a moment, until they have ended (R9).
///
/// `NOW()` is the time a statement began, and InnoDB's transaction begins later, when the statement first touches a row: after
/// it has waited for locks on the table, for as long as that takes. So what the server says of when a transaction began is no
/// bound for the cursors in it, and nothing is concluded from it here. Whoever ran a statement, or had written
/// something, at the first look is waited for.
final class Pending {
    /// What the server showed. Statements are looked at first, then transactions, then prepared ones: whatever ends the one and
    /// begins the next shows in one of them.
    ///
    /// @param running connection → when its statement began or somewhat before, in microseconds since 1970
    /// @param open connection → its transaction
    /// @param detached numbers of transactions without a connection that have written something
    /// @param prepared names of prepared ones
    record Seen(Map<Long, Long> running, Map<Long, Transaction> open, Set<String> detached, List<String> prepared) {}

    /// @param started as the server shows it, in whole seconds of whatever zone; two of one connection that are equal may be
    ///     the
    ///     same transaction
    record Transaction(String started, long rowsModified, Access access) {
        enum Access {
            READ_ONLY,
            READ_WRITE
        }

        private boolean mayHaveWritten() {
            return access == Access.READ_WRITE && rowsModified > 0;
        }
    }

    private final long moment;
    /// Connection → the start of its transaction; empty: it was not seen in one yet.
    private final Map<Long, Optional<String>> connections = new HashMap<>();
    private final Set<String> detached;
    private List<String> prepared;

    /// @param moment microseconds since 1970, some time before `first`
    Pending(long moment, Seen first) {
        this.moment = moment;
        this.detached = new HashSet<>(first.detached());
        this.prepared = first.prepared();
        first.open().forEach((connection, transaction) -> {
            if (transaction.mayHaveWritten()) {
                connections.put(connection, Optional.of(transaction.started()));
            }
        });
        first.running().forEach((connection, began) -> {
            Optional<Transaction> transaction = Optional.ofNullable(first.open().get(connection));
            boolean reads = transaction
                    .filter(t -> t.access() == Transaction.Access.READ_ONLY)
                    .isPresent();
            if (began <= moment && !reads) {
                connections.put(connection, transaction.map(Transaction::started));
            }
        });
    }

    /// Takes a later look.
    void look(Seen now) {
        detached.retainAll(now.detached());
        prepared = now.prepared();
        for (Map.Entry<Long, Optional<String>> each : List.copyOf(connections.entrySet())) {
            long connection = each.getKey();
            Optional<Transaction> transaction = Optional.ofNullable(now.open().get(connection));
            boolean sameStatement =
                    now.running().containsKey(connection) && now.running().get(connection) <= moment;
            Optional<String> known = each.getValue();
            if (sameStatement) {
                connections.put(connection, known.or(() -> transaction.map(Transaction::started)));
            } else if (transaction.filter(Transaction::mayHaveWritten).isEmpty()
                    || known.isPresent()
                            && !known.get().equals(transaction.get().started())) {
                connections.remove(connection);
            } else {
                connections.put(connection, Optional.of(transaction.get().started()));
            }
        }
    }

    boolean isEmpty() {
        return connections.isEmpty() && detached.isEmpty() && prepared.isEmpty();
    }

    boolean isPreparedOnly() {
        return connections.isEmpty() && !prepared.isEmpty();
    }

    Set<Long> connections() {
        return connections.keySet();
    }

    /// For people.
    @Override
    public String toString() {
        if (!prepared.isEmpty()) {
            return "prepared transactions " + prepared + " are neither committed nor rolled back";
        }
        return connections.isEmpty()
                ? "transactions without a connection " + detached
                : "connections " + List.copyOf(connections.keySet());
    }
}
