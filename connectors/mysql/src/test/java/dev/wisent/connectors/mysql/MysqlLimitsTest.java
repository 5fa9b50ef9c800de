package dev.wisent.connectors.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.connectors.sql.LimitsContract;
import dev.wisent.connectors.sql.TestDatabase;
import dev.wisent.testkit.ChildResult;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MysqlLimitsTest extends LimitsContract {
    private static final int ROOM_FOR_THE_ROW = 1 << 10;

    private final MariaDbServer.Database from = MariaDbServer.shared().database();
    private final MariaDbServer.Database to = MariaDbServer.shared().database();

    @Override
    protected TestDatabase from() {
        return from::connect;
    }

    @Override
    protected TestDatabase to() {
        return to::connect;
    }

    private static String keys(MariaDbServer.Database database) {
        return database.keys(Map.of()).entrySet().stream()
                .map(key ->
                        key.getKey() + ": '" + String.valueOf(key.getValue()).replace("'", "''") + "'")
                .collect(Collectors.joining(", "));
    }

    @Override
    protected String source() {
        return "name: mysql, " + keys(from);
    }

    @Override
    protected String destination() {
        return "name: mysql, config: {" + keys(to);
    }

    /// What InnoDB has room for; MySQL as a whole knows 4,096.
    @Override
    protected int mostColumns() {
        return 1_017;
    }

    /// A row that is longer than `max_allowed_packet`, 16 MB by default, the server neither sends nor takes.
    @Override
    protected int longest() {
        return super.longest() - ROOM_FOR_THE_ROW;
    }

    @Override
    protected String longType() {
        return "LONGTEXT";
    }

    @Override
    protected String text(int row, int length) {
        return "REPEAT(MD5(" + row + "), " + length / 32 + ")";
    }

    @Override
    protected int tooManyColumns() {
        return 1_018;
    }

    @Test
    void a_value_that_the_server_takes_no_packet_of_is_told_with_the_way_out() throws Exception {
        ChildResult refused =
                loading("{\"v\":\"" + "x".repeat(17 << 20) + "\"}").here().exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4002");
        assertThat(refused.out()).contains("a value is longer than the server takes", "raise max_allowed_packet");
    }

    @Test
    void more_texts_than_a_row_has_room_for_are_told() throws Exception {
        ChildResult refused = loading(IntStream.range(0, 1_000)
                        .mapToObj(i -> "\"c" + i + "\":\"x\"")
                        .collect(Collectors.joining(",", "{", "}")))
                .here()
                .exits(1);

        assertThat(refused.errorCode()).isEqualTo("W4002");
        assertThat(refused.out()).contains("Row size too large");
    }
}
