package dev.wisent.columnar.internal.infer;

import dev.wisent.columnar.BadRecord.Reason;
import dev.wisent.columnar.DecoderOptions;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.RecordSink;
import dev.wisent.columnar.internal.RecordHandler;
import dev.wisent.columnar.internal.RecordPosition;
import dev.wisent.columnar.internal.Splitter;
import dev.wisent.columnar.internal.json.JsonWalk;
import dev.wisent.columnar.internal.json.StringToken;
import java.util.List;
import java.util.function.Function;

/// The shapes of JSON records. A record that is not valid is left out; decoding will refuse it.
public final class JsonShapes implements Sampler, RecordHandler {
    /// Values nested deeper are `json`: no table is read so deep, and every level costs decoders a stack frame.
    private static final int MAX_NESTING = 32;

    private final Function<RecordHandler, Splitter> splitters;
    private final JsonWalk walk = new JsonWalk(DecoderOptions.DEFAULT_MAX_DEPTH);
    private final Shape root = new Shape();
    private long records;

    public JsonShapes(Function<RecordHandler, Splitter> splitters) {
        this.splitters = splitters;
    }

    @Override
    public Splitter open() {
        return splitters.apply(this);
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public List<Field> fields() {
        return root.fields();
    }

    @Override
    public boolean record(byte[] bytes, int from, int to, RecordPosition at, RecordSink sink) {
        if (!walk.open(bytes, from, to)) {
            return false;
        }
        if (walk.kind() == JsonWalk.Kind.OBJECT) {
            records++;
            collect(root, 0);
        }
        return true;
    }

    private void collect(Shape shape, int nesting) {
        switch (walk.kind()) {
            case NULL -> walk.skip();
            case BOOL -> {
                walk.skip();
                shape.bool();
            }
            case NUMBER -> shape.number(walk.number());
            case STRING -> {
                StringToken string = walk.string();
                shape.string(string.bytes(), string.from(), string.length());
            }
            case OBJECT, ARRAY -> {
                if (nesting == MAX_NESTING) {
                    walk.skip();
                    shape.opaque();
                } else {
                    collectNested(shape, nesting);
                }
            }
        }
    }

    private void collectNested(Shape shape, int nesting) {
        boolean object = walk.kind() == JsonWalk.Kind.OBJECT;
        if (object) {
            shape.object();
        } else {
            shape.array();
        }
        if (!walk.enter()) {
            return;
        }
        do {
            if (!object) {
                collect(shape.element(), nesting + 1);
                continue;
            }
            String key = walk.string().text();
            walk.colon();
            if (key.isEmpty()) {
                walk.skip();
            } else {
                collect(shape.member(key), nesting + 1);
            }
        } while (walk.next());
    }

    @Override
    public void refused(
            Reason reason,
            String message,
            byte[] bytes,
            int from,
            int to,
            long rawBytes,
            RecordPosition at,
            RecordSink sink) {
        // Left out.
    }
}
