package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.Position;
import dev.wisent.api.StreamId;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.StreamSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A split in the hands of a reader of its own, from the beginning.
final class OpenSplit implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(20);
    private static final int SILENT_POLLS = 5;

    private final SplitReader reader;
    private final Decoder decoder;
    private final SourceReading.Sink sink;

    OpenSplit(Source source, StreamId stream, Split split, Optional<Schema> schema) {
        this.sink = new SourceReading.Sink(source, stream, Position.START);
        this.reader = source.reader(new ReaderContext(stream));
        this.decoder = source.decoder(split, new DecodeContext(Position.START, schema.map(StreamSchema::new)));
        reader.add(split, Position.START);
    }

    SplitReader reader() {
        return reader;
    }

    void isSilent() {
        for (int i = 0; i < SILENT_POLLS; i++) {
            assertThat(reader.poll(WAIT)).isInstanceOf(Fetched.Idle.class);
        }
    }

    /// All rows that come from now on.
    List<String> rest() {
        long heard = System.nanoTime();
        while (System.nanoTime() - heard < SourceReading.PATIENCE.toNanos()) {
            Fetched fetched = reader.poll(WAIT);
            if (fetched instanceof Fetched.Ended) {
                decoder.end(sink);
                return sink.rows();
            }
            if (!(fetched instanceof Fetched.Idle)) {
                heard = System.nanoTime();
            }
            sink.take(fetched, decoder);
        }
        return sink.rows();
    }

    @Override
    public void close() {
        decoder.close();
        reader.close();
    }
}
