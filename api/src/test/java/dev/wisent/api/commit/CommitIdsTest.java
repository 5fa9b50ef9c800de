package dev.wisent.api.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitIdsTest {
    private static final String[] SHAPES = {"run-", "run-0", "", "9", "12345678901234567890-", "a-01-", "x"};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void each_id_comes_back_as_it_was_given(long seed) {
        Random random = new Random(seed);
        CommitIds ids = new CommitIds();
        Map<Long, CommitId> model = new TreeMap<>();
        String prefix = "run-";
        long number = 1;
        for (long n = 1; n <= 5_000; n++) {
            if (random.nextInt(10) == 0) {
                prefix = SHAPES[random.nextInt(SHAPES.length)];
                number = random.nextInt(3) == 0 ? Integer.MAX_VALUE : random.nextInt(1, 200);
            }
            CommitId id = new CommitId(random.nextInt(20) == 0 ? "named" : prefix + number++);
            model.put(n, id);
            ids.put(n, id);
        }

        model.forEach((n, id) -> assertThat(ids.find(n)).hasValue(id));
        assertThat(ids.last()).isEqualTo(5_000);
        assertThat(ids.find(0)).isEmpty();
        assertThat(ids.find(5_001)).isEmpty();
        Map<Long, CommitId> all = new TreeMap<>();
        ids.forEach(all::put);
        assertThat(all).isEqualTo(model);
    }

    @Test
    void a_number_that_has_another_id_is_refused() {
        CommitIds ids = new CommitIds();
        ids.put(1, new CommitId("a-1"));
        ids.put(2, new CommitId("a-2"));
        ids.put(2, new CommitId("a-2"));

        assertThatThrownBy(() -> ids.put(2, new CommitId("b-2"))).isInstanceOf(IllegalArgumentException.class);
    }
}
