package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.postgres.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyOut;

class CopyMergerTest {
    private static final long SEED = Long.getLong("wisent.seed", 1);

    /// A message as a driver takes it.
    private record Message(char type, String payload) {}

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private void send(char type, byte[] payload) throws IOException {
        DataOutputStream out = new DataOutputStream(sent);
        out.writeByte(type);
        out.writeInt(payload.length + Integer.BYTES);
        out.write(payload);
    }

    private static byte[] text(Random random, int most) {
        byte[] text = new byte[random.nextInt(most + 1)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return text;
    }

    /// Gives a few bytes at a time.
    private static InputStream inPieces(byte[] bytes, Random random, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 1 + random.nextInt(most)));
            }
        };
    }

    private static List<Message> messages(byte[] bytes) throws IOException {
        List<Message> messages = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        for (int type = in.read(); type >= 0; type = in.read()) {
            messages.add(new Message((char) type, new String(in.readNBytes(in.readInt() - Integer.BYTES))));
        }
        return messages;
    }

    private static List<Message> together(List<Message> messages) {
        List<Message> together = new ArrayList<>();
        for (Message next : messages) {
            boolean more = next.type() == 'd'
                    && !together.isEmpty()
                    && together.getLast().type() == 'd';
            together.add(more ? new Message('d', together.removeLast().payload() + next.payload()) : next);
        }
        return together;
    }

    private static byte[] all(InputStream in, Random random) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] some = new byte[9_000];
        for (int count = 0; count >= 0; count = in.read(some, 0, 1 + random.nextInt(some.length))) {
            all.write(some, 0, count);
        }
        return all.toByteArray();
    }

    @Test
    void whatever_comes_in_whatever_pieces_says_the_same() throws IOException {
        for (int trial = 0; trial < 60; trial++) {
            Random random = new Random(SEED * 1_000 + trial);
            sent.reset();
            send('R', text(random, 20));
            for (int i = random.nextInt(300); i > 0; i--) {
                char type = random.nextInt(20) == 0 ? "cCZNSE".charAt(random.nextInt(6)) : 'd';
                send(type, text(random, random.nextInt(40) == 0 ? 200_000 : 100));
            }
            byte[] bytes = sent.toByteArray();
            CopyMerger merger = new CopyMerger(inPieces(bytes, random, 1 + random.nextInt(100_000)));
            byte[] first = merger.readNBytes(random.nextInt(40));
            merger.begin();
            byte[] rest = all(merger, random);

            ByteArrayOutputStream passed = new ByteArrayOutputStream();
            passed.writeBytes(first);
            passed.writeBytes(rest);
            assertThat(together(messages(passed.toByteArray())))
                    .as("seed %d, trial %d", SEED, trial)
                    .isEqualTo(together(messages(bytes)));
        }
    }

    @Test
    void rows_that_are_there_come_as_one_message_and_what_is_no_row_by_itself() throws IOException {
        send('R', new byte[4]);
        for (String row : List.of("one", "two", "three")) {
            send('d', row.getBytes());
        }
        send('c', new byte[0]);
        send('d', "four".getBytes());
        CopyMerger merger = new CopyMerger(new ByteArrayInputStream(sent.toByteArray()));
        merger.readNBytes(9);
        merger.begin();

        assertThat(messages(merger.readAllBytes()))
                .containsExactly(new Message('d', "onetwothree"), new Message('c', ""), new Message('d', "four"));
    }

    @Test
    void a_message_that_is_cut_off_passes_as_far_as_it_came() throws IOException {
        send('R', new byte[4]);
        send('d', "row".getBytes());
        send('d', "lost".getBytes());
        byte[] cut = java.util.Arrays.copyOf(sent.toByteArray(), sent.size() - 2);
        CopyMerger merger = new CopyMerger(new ByteArrayInputStream(cut));
        merger.readNBytes(9);
        merger.begin();

        assertThat(merger.readAllBytes()).endsWith('d', 0, 0, 0, 8, 'l', 'o');
    }

    @Test
    void what_is_encrypted_passes_as_it_is_also_behind_a_way_that_was_declined() throws IOException {
        for (String start : List.of("S", "NS", "G", "\u0016")) {
            sent.reset();
            sent.writeBytes(start.getBytes());
            send('d', "a".getBytes());
            send('d', "b".getBytes());
            byte[] bytes = sent.toByteArray();
            CopyMerger merger = new CopyMerger(new ByteArrayInputStream(bytes));
            byte[] first = merger.readNBytes(start.length());
            merger.begin();

            assertThat(first).isEqualTo(start.getBytes());
            assertThat(merger.readAllBytes())
                    .isEqualTo(java.util.Arrays.copyOfRange(bytes, start.length(), bytes.length));
        }
    }

    @Test
    void a_server_sends_many_rows_at_once_to_who_reads_many() throws SQLException {
        PostgresServer.Database database = PostgresServer.shared().database();
        database.run("CREATE TABLE t AS SELECT generate_series(1, 10000) AS id");
        try (Connection connection =
                MergingSockets.merging(database.address(), address -> Session.open(address, "test"))) {
            CopyOut copy = Session.driver(connection)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT id FROM t) TO STDOUT (FORMAT binary)");
            int messages = 0;
            while (copy.readFromCopy() != null) {
                messages++;
            }

            assertThat(messages).isLessThan(1_000);
        }
    }
}
