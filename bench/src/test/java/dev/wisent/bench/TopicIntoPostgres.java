package dev.wisent.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// How long a message takes from where it is sent to where its row is committed, at a steady rate: each message says when it
/// was sent, and the server when the transaction of its row was committed, by the same clock. What comes in the first seconds
/// is not counted: the process and the server warm up.
record TopicIntoPostgres(Path work, BrokerProcess kafka) {
    private static final long SECONDS = Long.getLong("bench.queues.seconds", 30);
    private static final long WARM_UP_SECONDS = Long.getLong("bench.queues.warm", 10);
    private static final long PER_SECOND = 1_000;
    private static final int BYTES = 200;

    void run() throws IOException, InterruptedException, ExecutionException, SQLException {
        OrdersTopic topic = new OrdersTopic(kafka, "steady");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("track_commit_timestamp", "on")
                        .start();
                Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Pipeline.same(
                    "on on",
                    ask(statement, "SELECT current_setting('fsync') || ' ' || current_setting('synchronous_commit')"));
            Pipeline pipeline = new Pipeline(
                    work,
                    "name: queues\nsource: " + topic.source("stream")
                            + "\ndestination: {name: postgres, config: {host: localhost, port: " + postgres.getPort()
                            + ", database: postgres, username: postgres, destination_id: loaded}}"
                            + "\nengine: {until_idle: 10, runner: {type: stream}}\n");
            pipeline.prepare();
            CompletableFuture<Child> run = CompletableFuture.supplyAsync(() -> started(pipeline));
            topic.fill(PER_SECOND, BYTES, OrdersTopic.AT_ONCE);
            while (!ask(statement, "SELECT count(*) FROM pg_class WHERE relname = 'loaded'")
                            .equals("1")
                    || !ask(statement, "SELECT count(*) FROM loaded").equals(Long.toString(PER_SECOND))) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            topic.fill((WARM_UP_SECONDS + SECONDS) * PER_SECOND, BYTES, PER_SECOND);
            Child done = run.get();
            Pipeline.same(
                    topic.expected(),
                    ask(
                            statement,
                            "SELECT count(*) || ' rows, ' || sum(('x' || substr(md5(concat_ws('|', "
                                    + OrdersTopic.SUM.postgres() + ")), 1, 12))::bit(48)::bigint) FROM loaded"));
            System.out.println("\n## Kafka → PostgreSQL at " + PER_SECOND + " messages/s of " + BYTES + " bytes for "
                    + SECONDS + " s after " + WARM_UP_SECONDS
                    + " s of warm-up, runner stream, ms from where a message is sent to its commit; CPU of all "
                    + (WARM_UP_SECONDS + SECONDS) + " s");
            System.out.println("p50 | p99 | longest | commits | CPU s | peak RSS MB");
            System.out.println(ask(statement, latency()) + " | " + Pipeline.costs(List.of(done)));
        }
    }

    private static String latency() {
        return "SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)) || ' | ' ||"
                + " round(percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)) || ' | ' || round(max(ms)) || ' | ' ||"
                + " count(DISTINCT at) FROM (SELECT at, extract(epoch FROM at) * 1000 - sent / 1000.0 AS ms FROM"
                + " (SELECT pg_xact_commit_timestamp(xmin) AS at, sent FROM loaded WHERE id >= "
                + PER_SECOND * (1 + WARM_UP_SECONDS) + ") AS dated) AS late";
    }

    private static Child started(Pipeline pipeline) {
        try {
            return Child.run(pipeline.work(), pipeline.command());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ask(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
