package dev.wisent.connectors.postgres.read;

import java.util.List;
import java.util.OptionalLong;

/// The moment before which no transaction that can still write a row of the stream has begun (R9). Where the database takes a
/// row's cursor from its clock, a row gets no cursor before its transaction's start: so rows whose cursors lie before
/// the frontier are all there, for whoever looks after the frontier was taken.
///
/// @param micros since 1970; empty: it is not known
/// @param held what keeps it back, for people; empty: nothing
record Frontier(OptionalLong micros, String held) {
    /// Transactions as they were seen.
    ///
    /// @param lookedAt the server's clock, some time before it was looked: a transaction that had begun by then and did not
    ///     show has ended
    /// @param open the starts of those that are open
    /// @param prepared names of prepared ones that may have written the stream. A server does not keep when they began
    record Seen(long lookedAt, List<Open> open, List<String> prepared) {}

    /// @param who for people
    record Open(long startedAt, String who) {}

    static Frontier of(Seen seen) {
        if (!seen.prepared().isEmpty()) {
            return new Frontier(
                    OptionalLong.empty(),
                    "prepared transactions " + seen.prepared() + " are neither committed nor rolled back");
        }
        long micros = seen.lookedAt();
        String held = "";
        for (Open open : seen.open()) {
            if (open.startedAt() < micros) {
                micros = open.startedAt();
                held = open.who();
            }
        }
        return new Frontier(OptionalLong.of(micros), held);
    }

    /// Whether every transaction that was open at `moment` has ended.
    boolean isAfter(long moment) {
        return micros.isPresent() && micros.getAsLong() >= moment;
    }
}
