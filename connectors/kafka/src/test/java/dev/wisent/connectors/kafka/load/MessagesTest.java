package dev.wisent.connectors.kafka.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.columnar.OutputBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final long SEED = Long.getLong("wisent.seed", 1);

    private record Message(byte[] key, byte[] value) {}

    /// Absent is not empty, for keys and for values, and the largest of them are larger than a chunk.
    @Test
    void messages_come_out_as_they_went_in_as_often_as_wanted() {
        Random random = new Random(SEED);
        Messages messages = new Messages("orders");
        List<Message> all = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < 5_000; i++) {
            Message message = new Message(some(random, 20), some(random, i % 1_000 == 7 ? 2_000_000 : 300));
            all.add(message);
            OutputBuffer out = messages.next();
            if (message.key() != null) {
                out.put(message.key());
                messages.endKey();
                bytes += message.key().length;
            }
            if (message.value() != null) {
                out.put(message.value());
                messages.endValue();
                bytes += message.value().length;
            }
            messages.end();
        }
        assertThat(messages.bytes()).as("seed %d", SEED).isEqualTo(bytes);
        messages.close();
        assertThat(messages.bytes()).isEqualTo(bytes);

        for (int time = 0; time < 2; time++) {
            List<Message> read = new ArrayList<>();
            messages.forEach(record -> {
                assertThat(record.topic()).isEqualTo("orders");
                read.add(new Message(record.key(), record.value()));
            });
            assertThat(read).hasSameSizeAs(all);
            for (int i = 0; i < all.size(); i++) {
                String which = "seed " + SEED + ", message " + i;
                assertThat(read.get(i).key()).as(which).isEqualTo(all.get(i).key());
                assertThat(read.get(i).value()).as(which).isEqualTo(all.get(i).value());
            }
        }
    }

    private static byte[] some(Random random, int most) {
        int length = random.nextInt(-1, most);
        if (length < 0) {
            return null;
        }
        byte[] made = new byte[length];
        random.nextBytes(made);
        return made;
    }
}
