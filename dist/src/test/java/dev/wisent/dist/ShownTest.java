package dev.wisent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {
    /// On a machine that has other things to do.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders  1 row,  3 rows/s, 0.1 MB/s, 1 commit",
                "orders  2,000 rows,  3 rows/s, 0.1 MB/s, 2 commits"
            })
    void a_run_that_takes_long_tells_of_its_progress_which_no_page_shows(String progress) {
        Shown shown = new Shown("orders: 1 row in 0.2 s", Shown.Numbers.COUNT);

        assertThat(shown.is(progress + "\norders: 1 row in 8.1 s\n", Path.of("/home/you")))
                .isTrue();
    }
}
