package dev.wisent.connectors.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.source.Source;
import dev.wisent.api.source.StreamInfo;
import dev.wisent.api.source.StreamInfo.Rights;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.Reads;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is known of tables before they are read.
class DiscoveryTest {
    private final PostgresServer.Database database = PostgresServer.shared().database();

    private static Map<String, StreamInfo> found(Reads reads) {
        try (Source source = reads.open()) {
            List<StreamInfo> streams = source.streams();
            return streams.stream().collect(Collectors.toMap(info -> info.id().name(), Function.identity()));
        }
    }

    @Test
    void rows_are_estimated_where_the_server_counted_them() {
        database.run("""
                CREATE TABLE counted (id int PRIMARY KEY); INSERT INTO counted SELECT generate_series(1, 4321);
                CREATE TABLE empty (id int PRIMARY KEY); ANALYZE;
                CREATE TABLE fresh (id int PRIMARY KEY); INSERT INTO fresh VALUES (1);
                CREATE VIEW seen AS SELECT * FROM counted""");

        Map<String, StreamInfo> found = found(database.reads("counted"));

        assertThat(found.get("counted").estimatedRows()).isEqualTo(OptionalLong.of(4321));
        assertThat(found.get("public.empty").estimatedRows()).isEqualTo(OptionalLong.of(0));
        assertThat(found.get("public.fresh").estimatedRows()).isEmpty();
        assertThat(found.get("public.seen").estimatedRows()).isEmpty();
        assertThat(found.values()).extracting(StreamInfo::rights).containsOnly(Rights.ALL);
    }

    @Test
    void it_says_what_the_role_may_read() {
        String user = PostgresServer.name();
        PostgresServer.shared().role(user, "secret");
        database.run("CREATE TABLE all_of_it (id int, name text); GRANT SELECT ON all_of_it TO " + user
                + "; CREATE TABLE a_part (id int, name text); GRANT SELECT (id) ON a_part TO " + user
                + "; CREATE TABLE nothing (id int, name text)");

        Map<String, StreamInfo> found =
                found(database.reads("all_of_it").with("username", user).with("password", "secret"));

        assertThat(found.get("all_of_it").rights()).isEqualTo(Rights.ALL);
        assertThat(found.get("public.a_part").rights()).isEqualTo(Rights.SOME);
        assertThat(found.get("public.nothing").rights()).isEqualTo(Rights.NONE);
    }
}
