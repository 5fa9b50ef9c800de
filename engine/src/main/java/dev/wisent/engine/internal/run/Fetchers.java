package dev.wisent.engine.internal.run;

import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Traits;
import dev.wisent.engine.internal.task.Host;
import dev.wisent.engine.internal.task.Mailbox;
import dev.wisent.engine.internal.task.Share;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The fetchers of one worker: one for each open split, or one for all, as the stream's [Traits.Readers] says.
final class Fetchers {
    private final Workforce workforce;
    private final Worker worker;
    private final Share share;
    private final Mailbox<Event> coordinator;
    private final Set<Fetcher> running = new LinkedHashSet<>();
    private Optional<Fetcher> shared = Optional.empty();
    private int made;

    Fetchers(Workforce workforce, Worker worker, Share share, Mailbox<Event> coordinator) {
        this.workforce = workforce;
        this.worker = worker;
        this.share = share;
        this.coordinator = coordinator;
    }

    /// The fetcher for a split that is about to be opened.
    Fetcher forSplit() {
        if (workforce.readers() == Traits.Readers.ONE_A_SPLIT) {
            return start();
        }
        if (shared.isEmpty()) {
            shared = Optional.of(start());
        }
        return shared.get();
    }

    /// The fetcher of all splits; empty: each has its own, or there was none yet.
    Optional<Fetcher> shared() {
        return shared;
    }

    private Fetcher start() {
        Fetcher fetcher = new Fetcher(
                "fetch-" + worker.number + "-" + ++made,
                workforce.source().reader(new ReaderContext(workforce.job().stream())),
                workforce.host(),
                workforce.job().timing(),
                share,
                worker,
                coordinator,
                workforce.iterations(),
                workforce.quiet(),
                workforce.readAhead(worker.number));
        running.add(fetcher);
        workforce.start(fetcher, Host.Work.FETCH);
        return fetcher;
    }

    /// Ends the reading of `split`; again is harmless.
    void release(OpenSplit split) {
        if (split.released) {
            return;
        }
        split.released = true;
        if (shared.isPresent()) {
            split.fetcher.order(new Fetcher.Order.Remove(split.split.id()));
        } else {
            split.fetcher.order(new Fetcher.Order.Close());
            running.remove(split.fetcher);
        }
    }

    /// There is room in the share again.
    void wake() {
        running.forEach(Fetcher::wake);
    }

    void close() {
        running.forEach(fetcher -> fetcher.order(new Fetcher.Order.Close()));
        running.clear();
    }
}
