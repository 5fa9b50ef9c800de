package dev.wisent.columnar.internal;

import dev.wisent.columnar.ByteDecoder;
import dev.wisent.columnar.Place;
import dev.wisent.columnar.RecordSink;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/// A splitter and the assembler behind it.
public final class StreamDecoder implements ByteDecoder {
    private final Splitter splitter;
    private final BatchAssembler assembler;
    private final Supplier<List<String>> columns;
    private boolean ended;

    public StreamDecoder(Splitter splitter, BatchAssembler assembler) {
        this(splitter, assembler, List::of);
    }

    /// @param columns the names of a record's cells, as far as they are known
    public StreamDecoder(Splitter splitter, BatchAssembler assembler, Supplier<List<String>> columns) {
        this.splitter = splitter;
        this.assembler = assembler;
        this.columns = columns;
    }

    @Override
    public void feed(byte[] data, int offset, int length, RecordSink sink) {
        Objects.checkFromIndexSize(offset, length, data.length);
        if (ended) {
            throw new IllegalStateException("the input has ended");
        }
        splitter.feed(data, offset, length, sink);
    }

    @Override
    public void flush(RecordSink sink) {
        assembler.flush(splitter.position(), sink);
    }

    @Override
    public void end(RecordSink sink) {
        if (ended) {
            return;
        }
        ended = true;
        splitter.end(sink);
        flush(sink);
        assembler.leave();
    }

    @Override
    public long records() {
        return assembler.records();
    }

    @Override
    public long discardedValues() {
        return assembler.discardedValues();
    }

    @Override
    public List<String> columns() {
        return columns.get();
    }

    @Override
    public Place place() {
        RecordPosition at = splitter.position();
        return new Place(assembler.nextOrdinal(), at.nextLine(), at.nextOffset());
    }
}
