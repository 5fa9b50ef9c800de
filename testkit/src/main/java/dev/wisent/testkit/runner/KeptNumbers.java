package dev.wisent.testkit.runner;

import dev.wisent.api.TargetId;
import dev.wisent.api.destination.BatchDestination;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.RecordBatch;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps the numbers of the records it is given, in memory.
final class KeptNumbers implements BatchDestination {
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

    final List<Long> numbers = new CopyOnWriteArrayList<>();
    final List<String> published = new CopyOnWriteArrayList<>();
    private final Writing before;

    /// What happens before rows are written.
    interface Writing {
        void of(long rows) throws IOException;
    }

    KeptNumbers(Writing before) {
        this.before = before;
    }

    @Override
    public void check() {}

    @Override
    public void write(TargetId target, RecordBatch batch) throws IOException {
        before.of(batch.rows());
        BytesColumn records =
                (BytesColumn) batch.column(batch.schema().indexOf("source_data").orElseThrow());
        for (int row = 0; row < batch.rows(); row++) {
            Matcher number = NUMBER.matcher(records.string(row));
            if (!number.find()) {
                throw new IOException("a record nobody wrote: " + records.string(row));
            }
            numbers.add(Long.parseLong(number.group(1)));
        }
    }

    @Override
    public void publish() {
        published.add("published");
    }

    @Override
    public String location() {
        return "memory";
    }
}
