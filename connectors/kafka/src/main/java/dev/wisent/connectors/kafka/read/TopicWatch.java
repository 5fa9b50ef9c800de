package dev.wisent.connectors.kafka.read;

import dev.wisent.api.error.WisentException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/// Finds out that a topic was deleted and made anew before messages of the new one are taken for the old one's: the client
/// goes on at its offset as if nothing had happened. One thread.
///
/// An answer to a question that was asked after messages came says which topic they are of, for no id comes back. One question
/// is enough for some time: before it gets to another topic of the name, the client is refused by the broker, and waits for
/// `retry.backoff.ms`, less a fifth, before it asks which topics there are.
final class TopicWatch {
    private static final Duration BACKOFF = Duration.ofMillis(100);

    private final Function<Set<String>, Map<String, Topic>> ask;
    private final SharedTopics shared;
    private final long holds;
    private Optional<Look> last = Optional.empty();
    private Optional<Look> next = Optional.empty();

    private record Look(long asked, Set<String> of, CompletableFuture<Map<String, Topic>> answer) {
        boolean isOf(Collection<String> topics, long now, long holds) {
            return now - asked < holds && of.containsAll(topics);
        }
    }

    TopicWatch(Function<Set<String>, Map<String, Topic>> ask, SharedTopics shared, ReadOptions options) {
        this.ask = ask;
        this.shared = shared;
        Duration backoff = Optional.ofNullable(options.consumer().get("retry_backoff_ms"))
                .or(() -> Optional.ofNullable(options.consumer().get("retry.backoff.ms")))
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .orElse(BACKOFF);
        this.holds = backoff.toNanos() * 3 / 4;
    }

    /// To be called when messages of `topics` came; then [SharedTopics] knows whether they are of the topics they were thought
    /// to be.
    ///
    /// @throws WisentException when the brokers don't answer
    void messagesCame(Set<String> topics) {
        long now = System.nanoTime();
        if (last.filter(look -> look.isOf(topics, now, holds)).isEmpty()) {
            Look look = next.filter(each -> each.isOf(topics, now, holds)).orElseGet(() -> begun(topics, now));
            next = Optional.empty();
            await(look);
            last = Optional.of(look);
        } else if (next.isEmpty() && now - last.get().asked() > holds / 2) {
            // answered when it is needed
            next = Optional.of(begun(topics, now));
        }
    }

    /// Whatever is known: who asks has met something that another topic would explain.
    void lookAgain(Set<String> topics) {
        await(begun(topics, System.nanoTime()));
    }

    private Look begun(Set<String> topics, long now) {
        Set<String> of = Set.copyOf(topics);
        return new Look(
                now,
                of,
                CompletableFuture.supplyAsync(
                        () -> ask.apply(of),
                        task -> Thread.ofVirtual().name("kafka-topics").start(task)));
    }

    private void await(Look look) {
        try {
            shared.are(look.answer().join().values());
        } catch (CompletionException e) {
            if (e.getCause() instanceof WisentException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
