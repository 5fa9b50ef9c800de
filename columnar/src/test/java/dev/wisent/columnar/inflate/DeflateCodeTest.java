package dev.wisent.columnar.inflate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class DeflateCodeTest {
    private static final int CODES = 2_000;
    private static final int MOST_BITS = 15;

    private final Random random = new Random(Long.getLong("wisent.seed", 1));

    /// Every other one has nearly as many bits as there can be, so that as many second tables as there can be follow the first.
    @Test
    void any_code_without_gaps_has_room_in_its_table_and_gives_each_symbol_its_bits() throws DataFormatException {
        DeflateCode literals = DeflateCode.literals();
        DeflateCode distances = DeflateCode.distances();
        for (int i = 0; i < CODES; i++) {
            verify(literals, lengths(2 + random.nextInt(DeflateCode.LITERALS - 1), i % 2 * 12));
            verify(distances, lengths(2 + random.nextInt(DeflateCode.DISTANCES - 1), i % 2 * 10));
        }
    }

    /// Leaves of a tree of which one after another is parted; those above `least` bits first.
    private byte[] lengths(int symbols, int least) {
        List<Integer> leaves = new ArrayList<>(List.of(0));
        while (leaves.size() < symbols) {
            int leaf = random.nextInt(leaves.size());
            for (int tries = 0; leaves.get(leaf) == MOST_BITS || leaves.get(leaf) < least && tries < 9; tries++) {
                leaf = random.nextInt(leaves.size());
            }
            int bits = leaves.get(leaf) + 1;
            leaves.set(leaf, bits);
            leaves.add(bits);
        }
        Collections.shuffle(leaves, random);
        byte[] lengths = new byte[symbols];
        for (int i = 0; i < symbols; i++) {
            lengths[i] = leaves.get(i).byteValue();
        }
        return lengths;
    }

    private static void verify(DeflateCode code, byte[] lengths) throws DataFormatException {
        code.build(lengths, 0, lengths.length);
        int next = 0;
        for (int bits = 1; bits <= MOST_BITS; bits++) {
            for (byte length : lengths) {
                if (length == bits) {
                    assertThat(taken(code, Integer.reverse(next++) >>> Integer.SIZE - bits))
                            .isEqualTo(bits);
                }
            }
            next <<= 1;
        }
    }

    /// How many bits of `code` the symbol has that they begin with.
    private static int taken(DeflateCode code, int bits) {
        int entry = code.first(bits);
        int further = 0;
        if ((entry & DeflateCode.LONGER) != 0) {
            further = DeflateCode.taken(entry);
            entry = DeflateCode.second(code.table, entry, bits >>> further);
        }
        int own = (entry & DeflateCode.SPECIAL) == 0 ? entry >>> 8 & 0xF : DeflateCode.taken(entry);
        return further + own;
    }
}
