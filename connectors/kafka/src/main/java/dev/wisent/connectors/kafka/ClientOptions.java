package dev.wisent.connectors.kafka;

import java.util.HashMap;
import java.util.Map;

/// How the brokers are reached: what every client gets.
///
/// @param servers `bootstrap.servers`
/// @param security protocol, login and certificates, in the client's own words
public record ClientOptions(String servers, Map<String, String> security) {
    public ClientOptions {
        security = Map.copyOf(security);
    }

    /// The properties of a client that is called `name` in the brokers' logs.
    public Map<String, Object> properties(String name) {
        Map<String, Object> all = new HashMap<>(security);
        all.put("bootstrap.servers", servers);
        all.put("client.id", name);
        // A new address of a broker is found within seconds, not minutes.
        all.put("metadata.max.age.ms", "10000");
        // Nobody looks at a client from outside, and to be looked at costs a tenth of its start.
        all.put("metric.reporters", "");
        all.put("enable.metrics.push", "false");
        // As the system has it, which lets them grow: with Kafka's own 64 and 128 KB a message of some hundreds is sent
        // and
        // received in many pieces, each with a turn of the whole client.
        all.putIfAbsent("send.buffer.bytes", "-1");
        all.putIfAbsent("receive.buffer.bytes", "-1");
        return all;
    }

    /// No password.
    @Override
    public String toString() {
        return servers;
    }
}
