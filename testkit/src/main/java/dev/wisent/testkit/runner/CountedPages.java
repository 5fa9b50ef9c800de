package dev.wisent.testkit.runner;

import dev.wisent.api.source.Page;
import dev.wisent.api.source.PageRequest;
import dev.wisent.api.source.PagedSource;
import dev.wisent.testkit.connector.Configured;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/// Numbered records in pages, and how many were handed out.
final class CountedPages extends PagedSource {
    static final String STREAM = "numbers";
    private static final int PAGE = 5;

    final AtomicLong handedOut = new AtomicLong();
    private final long pages;
    private final String padding;
    private final LongConsumer before;

    /// @param padding how many bytes each record is filled up with
    /// @param before is called with the number of each page, from 0, before it is made
    CountedPages(long pages, int padding, LongConsumer before) {
        super(
                Configured.settings(STREAM, Optional.empty()),
                List.of(stream(STREAM, List.of("n"), Optional.empty())),
                "numbers");
        this.pages = pages;
        this.padding = "x".repeat(padding);
        this.before = before;
    }

    static List<Long> numbers(long pages) {
        return LongStream.range(0, pages * PAGE).boxed().toList();
    }

    @Override
    protected Page page(PageRequest request) {
        long page = request.token().map(Long::parseLong).orElse(0L);
        before.accept(page);
        List<String> records = LongStream.range(page * PAGE, (page + 1) * PAGE)
                .mapToObj(n -> "{\"n\":" + n + ",\"padding\":\"" + padding + "\"}")
                .toList();
        handedOut.addAndGet(records.size());
        return new Page.Records(
                records, page + 1 < pages ? Optional.of(Long.toString(page + 1)) : Optional.empty(), Optional.empty());
    }
}
