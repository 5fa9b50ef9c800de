package dev.wisent.connectors.mysql.read;

import dev.wisent.api.fault.Boundary;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.testkit.FolderOracle;
import dev.wisent.testkit.KillSweep;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// MariaDB to files by a cursor, killed or stopped and run again: the files hold the same rows.
class MysqlSourceKillsTest {
    private static final int EVERYDAY = 5;
    private static final int SWEEP = Integer.getInteger("kill.trials", 100);

    @TempDir
    Path folder;

    private KillSweep sweep() {
        MariaDbServer.Database database = MariaDbServer.shared().database();
        String user = MariaDbServer.shared().user("secret");
        database.run(
                "GRANT SELECT ON " + database.name() + ".* TO " + user,
                "GRANT PROCESS ON *.* TO " + user,
                """
                CREATE TABLE orders (id int PRIMARY KEY, amount decimal(9,2), note text,
                                     updated_at timestamp(6) NOT NULL DEFAULT now(6), KEY (updated_at, id))""",
                "INSERT INTO orders (id, amount, note) SELECT seq, seq / 3.0, repeat('n', 400 + seq % 100) FROM seq_1_to_10000",
                "UPDATE orders SET updated_at = now() - INTERVAL 1 HOUR",
                "ANALYZE TABLE orders");
        String pipeline = """
                name: sweep
                source: {name: mysql, stream: orders, host: 127.0.0.1, port: %d, database: %s, username: %s, password: secret,
                         splits: 3, sync_mode: incremental, cursor_field: updated_at}
                destination: {name: file, config: {path: out/, commit_interval: 0.05}}
                engine: {runner: {type: "${RUNNER}"}}
                """.formatted(MariaDbServer.shared().port(), database.name(), user);
        return KillSweep.of(
                folder,
                pipeline,
                working -> FolderOracle.ofFolder(working.resolve("out")).byGlob());
    }

    @TestFactory
    Stream<DynamicTest> an_incremental_read_that_is_killed_again_and_again_ends_with_the_same_rows() {
        long seed = Long.getLong("kill.seed", Long.getLong("wisent.seed", 1));
        return Stream.of(sweep().inARow(seed, List.of(Boundary.STAGED, Boundary.COMMITTED), EVERYDAY));
    }

    @Tag("sweep")
    @TestFactory
    Stream<DynamicTest> an_incremental_read_that_is_killed_at_random_ends_with_the_same_rows() {
        return sweep().atRandom(Long.getLong("kill.seed", Long.getLong("wisent.seed", 1)), SWEEP);
    }
}
