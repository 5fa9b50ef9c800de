package dev.wisent.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.testkit.ChildCommand;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.RowBag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// What a run that nobody disturbs makes of the orders: made once.
final class Uninterrupted {
    private Uninterrupted() {}

    static RowBag orders() {
        return Orders.ROWS;
    }

    private static final class Orders {
        static final RowBag ROWS = make();

        private static RowBag make() {
            try {
                Path folder = Files.createTempDirectory("wisent-uninterrupted");
                PipelineYaml.orders(Trial.ROWS).write(folder);
                ChildCommand.run(folder, PipelineYaml.FILE).here().exits(0);
                RowBag rows = FolderOracle.ofFolder(folder.resolve("out")).byGlob();
                assertThat(rows.size()).isEqualTo(Trial.ROWS);
                assertThat(rows.distinct()).isEqualTo(Trial.ROWS);
                delete(folder);
                return rows;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) throws IOException {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
