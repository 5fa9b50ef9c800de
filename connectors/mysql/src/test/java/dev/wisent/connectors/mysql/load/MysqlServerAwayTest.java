package dev.wisent.connectors.mysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.destination.Destination;
import dev.wisent.api.error.WisentException;
import dev.wisent.connectors.mysql.MariaDbServer;
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

class MysqlServerAwayTest extends ServerAwayContract {
    private final MariaDbServer server = MariaDbServer.shared();

    @Override
    protected int port() {
        return server.port();
    }

    @Override
    protected Place place(String host, int port) {
        MariaDbServer.Database database = server.database();
        String user = server.user("secret");
        database.run("GRANT ALL ON " + database.name() + ".* TO " + user);
        String url = "mysql://%s:secret@%s:%d/%s?socketTimeout=%d"
                .formatted(user, host, port, database.name(), PATIENCE.toMillis());
        return new Place(
                new MysqlFactory(),
                Map.of("url", url, "parts", folder.resolve("parts").toString()),
                database::connect,
                "orders");
    }

    @Override
    protected void assertNobodyIsLeft(Place place) throws Exception {
        assertThat(place.database()
                        .lines("SELECT t.trx_mysql_thread_id FROM information_schema.innodb_trx t"
                                + " JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id"
                                + " WHERE p.db = DATABASE() AND p.id <> CONNECTION_ID()"))
                .isEmpty();
    }

    @Test
    void a_connection_whose_rows_nobody_takes_is_given_up_and_the_rows_go_through_another() throws Exception {
        try (FaultProxy proxy = proxy()) {
            Place place = place(proxy.host(), proxy.port());
            try (Destination destination = Configured.destination(place.destination(), place.keys());
                    WritingRun run = WritingRun.on(destination, new Progress()).claimed()) {
                Commit.Data data =
                        run.data(run.live(), run.write(run.live(), ORDERS, Collections.nCopies(24, megabyte())));
                proxy.set(Direction.TO_SERVICE, new Fault.Hold());

                assertThatThrownBy(() -> destination.commit(data))
                        .isInstanceOfSatisfying(
                                WisentException.class,
                                failure -> assertThat(failure.isTransient()).isTrue());

                proxy.heal();
                run.committed(data);
            }
            assertThat(place.database().lines("SELECT count(*) FROM orders")).isEqualTo(List.of("24"));
        }
    }
}
