package dev.wisent.connectors.queuerabbitmq.read;

import com.rabbitmq.client.AMQP;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// How messages are told apart.
record MessageIds(From from, String header) {
    enum From {
        /// They are not.
        NONE,
        PROPERTY,
        HEADER
    }

    /// 72 bits: among 10¹² messages two different ones are taken for one, within a window of 10,000, with a chance of 1 in
    /// 500,000.
    private static final int BYTES = 9;
    /// A digest as text.
    static final int LENGTH = 12;

    boolean areThere() {
        return from != From.NONE;
    }

    /// The id's digest, of [#LENGTH] characters; empty: the message has none.
    Optional<String> of(AMQP.BasicProperties properties) {
        return text(properties).map(MessageIds::digest);
    }

    private Optional<String> text(AMQP.BasicProperties properties) {
        Optional<Object> value = switch (from) {
            case NONE -> Optional.empty();
            case PROPERTY -> Optional.ofNullable(properties.getMessageId());
            case HEADER -> Optional.ofNullable(properties.getHeaders()).map(headers -> headers.get(header));
        };
        return value.map(Object::toString).filter(text -> !text.isEmpty());
    }

    private static String digest(String id) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(all, BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// What a message without id is called where ids are wanted.
    String missing() {
        return from == From.HEADER
                ? "the message has no header '" + header + "', by which it would be known when it comes again"
                : "the message has no message_id, by which it would be known when it comes again";
    }
}
