package dev.wisent.connectors.mysql.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.StreamInfo.Rights;
import dev.wisent.columnar.DataType;
import dev.wisent.connectors.mysql.MariaDbServer;
import dev.wisent.connectors.sql.Reads;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is known of tables before they are read.
class DiscoveryTest {
    private final MariaDbServer.Database database = MariaDbServer.shared().database();

    private static Map<String, StreamInfo> found(Reads reads) {
        try (Source source = reads.open()) {
            return source.streams().stream()
                    .collect(Collectors.toMap(info -> info.id().name(), Function.identity()));
        }
    }

    @Test
    void rows_are_estimated_by_the_server() {
        database.run(
                "CREATE TABLE counted (id int PRIMARY KEY)",
                "INSERT INTO counted SELECT seq FROM seq_1_to_4321",
                "ANALYZE TABLE counted",
                "CREATE VIEW seen AS SELECT * FROM counted");

        Map<String, StreamInfo> found = found(database.reads("counted"));

        assertThat(found.get("counted").estimatedRows().orElseThrow()).isBetween(3_000L, 6_000L);
        assertThat(found.get("seen").estimatedRows()).isEmpty();
        assertThat(found.get("counted").rights()).isEqualTo(Rights.ALL);
        assertThat(found.get("seen").rights()).isEqualTo(Rights.ALL);
    }

    @Test
    void it_says_what_the_user_may_read() {
        String user = MariaDbServer.shared().user("secret");
        String name = database.name();
        database.run(
                "CREATE TABLE all_of_it (id int PRIMARY KEY, name text)",
                "GRANT SELECT ON " + name + ".all_of_it TO " + user,
                "CREATE TABLE a_part (id int PRIMARY KEY, name text)",
                "GRANT SELECT (id), INSERT (name) ON " + name + ".a_part TO " + user,
                "CREATE TABLE nothing (id int PRIMARY KEY, name text)",
                "GRANT INSERT ON " + name + ".nothing TO " + user);

        Map<String, StreamInfo> found =
                found(database.reads("all_of_it").with("username", user).with("password", "secret"));

        assertThat(found.get("all_of_it").rights()).isEqualTo(Rights.ALL);
        assertThat(found.get("a_part").rights()).isEqualTo(Rights.SOME);
        assertThat(found.get("nothing").rights()).isEqualTo(Rights.NONE);
    }

    /// Of three rows, no escapes, and four characters of what is put together: see [MariaDbServer].
    @Test
    void what_the_server_begins_a_session_with_hides_no_table_and_changes_no_type() {
        String user = MariaDbServer.shared().user("secret");
        database.run(
                "GRANT ALL ON " + database.name() + ".* TO " + user,
                "CREATE TABLE _wisent_progress (v int)",
                "CREATE TABLE xwisentx (v int)",
                "CREATE TABLE orders (id int, doc json, other int, PRIMARY KEY (id, other))",
                "CREATE TABLE a (v int)",
                "CREATE TABLE b (v int)");

        Map<String, StreamInfo> found =
                found(database.reads("orders").with("username", user).with("password", "secret"));

        assertThat(found).containsOnlyKeys("a", "b", "orders", "xwisentx");
        assertThat(found.get("orders").keys()).containsExactly("id", "other");
        assertThat(found.get("orders").schema().orElseThrow().field(1).type()).isEqualTo(DataType.JSON);
    }
}
