package dev.wisent.bench;

import dev.wisent.api.Position;
import dev.wisent.api.Reject;
import dev.wisent.api.Stand;
import dev.wisent.api.StreamId;
import dev.wisent.api.StreamState;
import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.source.BatchSink;
import dev.wisent.api.source.DecodeContext;
import dev.wisent.api.source.Decoder;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.Planner;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.ReaderContext;
import dev.wisent.api.source.Source;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.SplitReader;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.StreamSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// The least a program could do with the same decoder and encoder: read, decode, encode, write, fsync; no budget, no positions,
/// no commits.
final class PlainLoop implements BatchSink {
    private static final int BLOCK = 1 << 20;

    private final Source source;
    private final Path output;
    private final long rollAt;
    private final OutputBuffer buffer = new OutputBuffer();
    private Optional<NdjsonEncoder> encoder = Optional.empty();
    private Optional<FileChannel> part = Optional.empty();
    private int parts;
    private long rows;

    PlainLoop(Source source, Path output, long rollAt) {
        this.source = source;
        this.output = output;
        this.rollAt = rollAt;
    }

    long run() throws IOException {
        Machine.delete(output);
        Files.createDirectories(output);
        StreamId stream = source.streams().getFirst().id();
        ReadRequest request = new ReadRequest(
                stream, SyncMode.FULL_REFRESH, GenerationView.EMPTY, StreamState.EMPTY, Optional.empty());
        try (Planner planner = source.plan(request)) {
            StreamState unused = planner.opening();
            Optional<StreamSchema> schema = planner.schema().map(StreamSchema::new);
            for (PlanPage page = planner.next(Duration.ZERO);
                    !(page instanceof PlanPage.Complete);
                    page = planner.next(Duration.ZERO)) {
                if (page instanceof PlanPage.Splits splits) {
                    splits.splits().forEach(split -> read(stream, split, schema));
                }
            }
        }
        drain();
        close();
        source.close();
        return rows;
    }

    private void read(StreamId stream, Split split, Optional<StreamSchema> schema) {
        try (SplitReader reader = source.reader(new ReaderContext(stream));
                Decoder decoder = source.decoder(split, new DecodeContext(Position.START, schema))) {
            reader.add(split, Position.START);
            while (true) {
                switch (reader.poll(Duration.ZERO)) {
                    case Fetched.Chunk chunk -> decoder.decode(chunk, this);
                    case Fetched.Ended ended -> {
                        decoder.end(this);
                        return;
                    }
                    default -> {}
                }
            }
        }
    }

    @Override
    public void rows(RecordBatch batch, Stand upTo) {
        if (batch.rows() == 0) {
            return;
        }
        if (encoder.isEmpty()) {
            encoder = Optional.of(new NdjsonEncoder(batch.schema()));
        }
        encoder.get().encode(batch, 0, batch.rows(), buffer);
        rows += batch.rows();
        if (buffer.length() >= BLOCK) {
            drain();
        }
    }

    @Override
    public void reject(Reject reject) {
        throw new IllegalStateException(reject.message());
    }

    @Override
    public void discarded(long values) {
        throw new IllegalStateException("values were left out");
    }

    private void drain() {
        try {
            if (part.isEmpty()) {
                part = Optional.of(FileChannel.open(
                        output.resolve("part-" + ++parts + ".ndjson"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE));
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer.array(), 0, buffer.length());
            while (bytes.hasRemaining()) {
                int unused = part.get().write(bytes);
            }
            buffer.clear();
            if (part.get().position() >= rollAt) {
                close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() throws IOException {
        if (part.isPresent()) {
            part.get().force(true);
            part.get().close();
            part = Optional.empty();
        }
    }
}
