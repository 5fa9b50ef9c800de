package dev.wisent.connectors.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.connectors.postgres.PostgresServer;
import dev.wisent.connectors.sql.ServerAwayContract;
import dev.wisent.testkit.connector.Configured;
import dev.wisent.testkit.connector.WritingRun;
import dev.wisent.testkit.fault.Direction;
import dev.wisent.testkit.fault.Fault;
import dev.wisent.testkit.fault.FaultProxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerAwayTest extends ServerAwayContract {
    @Override
    protected int port() {
        return PostgresServer.shared().port();
    }

    /// No room for rows on the way.
    @Override
    protected Place place(String host, int port) {
        PostgresServer.Database database = PostgresServer.shared().database();
        String url = "postgresql://postgres@%s:%d/%s?socketTimeout=%d&sendBufferSize=131072"
                .formatted(host, port, database.name(), PATIENCE.toSeconds());
        return new Place(
                new PostgresFactory(), Map.of("url", url, "schema", "public"), database::connect, "public.orders");
    }

    @Override
    protected void assertNobodyIsLeft(Place place) throws Exception {
        assertThat(place.database()
                        .lines("SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'"
                                + " AND application_name LIKE 'wisent%lane%' AND datname = current_database()"))
                .isEmpty();
    }

    @Test
    void a_connection_whose_rows_nobody_takes_is_given_up_and_the_rows_go_through_another() {
        RecordBatch megabyte = megabyte();
        try (FaultProxy proxy = proxy();
                Destination destination = Configured.destination(
                        new PostgresFactory(), place(proxy.host(), proxy.port()).keys());
                WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
            GenerationId live = run.live();
            run.writer().target(ORDERS, megabyte.schema()).write(megabyte);
            proxy.set(Direction.TO_SERVICE, new Fault.Hold());

            List<Fragment> lost = run.write(live, ORDERS, Collections.nCopies(64, megabyte));

            proxy.heal();
            run.stale(run.data(live, lost));
            run.close();
            run.claimed().committed(run.data(live, run.write(live, ORDERS, List.of(megabyte))));
        }
    }
}
