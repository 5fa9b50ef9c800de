package dev.wisent.columnar.inflate;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// By the JDK's zlib.
public final class JdkInflation implements Inflation {
    private static final int OUT_BYTES = 256 << 10;
    private static final byte[] NONE = {};

    private final Inflater inflater = new Inflater(true);
    private final byte[] out = new byte[OUT_BYTES];

    @Override
    public void begin() {
        inflater.reset();
    }

    @Override
    public int inflate(byte[] data, int from, int end, Out to) throws DataFormatException {
        inflater.setInput(data, from, end - from);
        while (true) {
            int count = inflater.inflate(out);
            if (count > 0) {
                to.take(out, 0, count);
            }
            if (inflater.finished()) {
                return end - inflater.getRemaining();
            }
            if (inflater.needsDictionary()) {
                throw new DataFormatException("it needs a dictionary");
            }
            if (count == 0 && inflater.needsInput()) {
                return end;
            }
        }
    }

    @Override
    public boolean finished() {
        return inflater.finished();
    }

    @Override
    public byte[] taken() {
        return NONE;
    }

    @Override
    public long written() {
        return inflater.getBytesWritten();
    }

    @Override
    public void close() {
        inflater.end();
    }
}
