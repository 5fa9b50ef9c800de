package dev.wisent.engine.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.BatchBytes;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBlockTest {
    private final RowBlock block = new RowBlock();
    private final RowBlockReader reader = new RowBlockReader();

    private static RecordBatch batch(String column, String... texts) {
        RecordBatch batch = RecordBatch.of(Schema.of(Field.nullable(column, DataType.STRING)));
        for (String text : texts) {
            ((BytesColumn) batch.column(0)).append(text);
            batch.endRow();
        }
        return batch;
    }

    private List<String> read(byte[] payload) {
        List<String> rows = new ArrayList<>();
        reader.read(ByteBuffer.wrap(payload), batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                BytesColumn texts = (BytesColumn) batch.column(0);
                String text = new String(texts.data(), texts.start(row), texts.length(row), StandardCharsets.UTF_8);
                rows.add(batch.destinationId().orElseThrow() + "."
                        + batch.schema().field(0).name() + "=" + text);
            }
        });
        return rows;
    }

    @Test
    void blocks_that_are_written_and_read_in_turn_hold_their_own_rows() {
        block.add("cows", batch("a", "1", "2"));
        block.add("bulls", batch("b", "3"));
        byte[] first = block.take().copy();
        block.add("cows", batch("b", "4"));
        byte[] second = block.take().copy();

        assertThat(read(first)).containsExactly("cows.a=1", "cows.a=2", "bulls.b=3");
        assertThat(read(second)).containsExactly("cows.b=4");
        assertThat(read(first)).containsExactly("cows.a=1", "cows.a=2", "bulls.b=3");
    }

    @Test
    void memory_that_a_giant_took_is_given_back() {
        String giant = "x".repeat(RowBlock.LARGEST_KEPT + 1);
        block.add("cows", batch("a", giant));
        assertThat(read(block.take().copy())).containsExactly("cows.a=" + giant);
        block.add("cows", batch("a", "1"));

        assertThat(block.take().array().length).isLessThan(RowBlock.LARGEST_KEPT);
    }

    @Test
    void rows_without_a_schema_are_refused_and_not_read_as_those_before() {
        block.add("cows", batch("a", "1"));
        assertThat(read(block.take().copy())).isNotEmpty();
        OutputBuffer raw = new OutputBuffer();
        raw.put(RowBlock.ROWS);
        BatchBytes.writeText(raw, "cows");
        BatchBytes.write(batch("a", "2"), raw);
        OutputBuffer payload = new OutputBuffer();
        BatchBytes.writeNumber(payload, raw.length());
        payload.put(Zstd.compress(raw.copy()));

        assertThatThrownBy(() -> read(payload.copy()))
                .isInstanceOf(WisentException.class)
                .hasMessageContaining("no schema");
    }

    /// Three rows, the second without a name, as the last build that wrote version 2 put them into a message.
    @Test
    void rows_of_a_message_of_version_2_are_read() {
        byte[] message = HexFormat.of()
                .parseHex(
                        "575102ab5e654b096661726d2f636f777300013701020231320000010263310263377528b52ffd2075150300240501"
                                + "0302696405696e74363400046e616d6506737472696e670105707269636507666c6f61743634010204636f777303000300"
                                + "e80300e9ea0301000100040005416c6d614265727461f83f00000000000008400500b902eecc0bf2ad24ab16ec01");
        List<String> rows = new ArrayList<>();
        reader.read(Frame.parse(message).bytes(), batch -> {
            for (int row = 0; row < batch.rows(); row++) {
                rows.add(((LongColumn) batch.column(0)).get(row) + " "
                        + (batch.column(1).isNull(row) ? "-" : ((BytesColumn) batch.column(1)).string(row)) + " "
                        + ((DoubleColumn) batch.column(2)).get(row));
            }
        });
        assertThat(rows).containsExactly("1000 Alma 0.0", "1001 - 1.5", "1002 Berta 3.0");
    }
}
