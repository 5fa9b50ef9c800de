package dev.wisent.bench;

import dev.wisent.columnar.BadRecord;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.RecordSink;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The NDJSON parser over [StageInput#BYTES] of events, with full validation, into columns that nobody keeps.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {
    /// What the records look like.
    @Param({"EVENTS", "MIXED", "WIDE"})
    public String records;

    private StageInput input;

    /// For JMH.
    public ParserBenchmark() {
        records = "EVENTS";
        input = new StageInput(new byte[0]);
    }

    @Setup
    public void prepare() {
        input = StageInput.of(LakeData.Kind.valueOf(records));
    }

    @Benchmark
    public long parse() {
        Rows rows = new Rows();
        input.parse(rows);
        return rows.count;
    }

    private static final class Rows implements RecordSink {
        private long count;

        @Override
        public void rows(RecordBatch batch, long recordsDone, long byteOffset) {
            count += batch.rows();
        }

        @Override
        public void bad(BadRecord bad) {
            throw new IllegalStateException(bad.message());
        }
    }
}
