package dev.wisent.connectors.transformduckdb;

import dev.wisent.api.source.RawRecords;
import dev.wisent.api.transform.Transform;
import dev.wisent.api.transform.TransformStep;
import dev.wisent.columnar.Schema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A SELECT as a step.
final class Sql implements Transform {
    /// DuckDB plans the statement anew for each call: as much work as some thousand rows are.
    private static final int WORTHWHILE_ROWS = 8_192;

    private final String text;
    private Optional<Select> select = Optional.empty();

    Sql(String text) {
        this.text = text;
    }

    /// The digest of the statement: it may hold resolved references.
    @Override
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sql " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public Optional<Schema> check(Optional<Schema> input) {
        try (Session session = Session.open()) {
            Select statement = select(session);
            return input.map(schema -> {
                try (BoundSelect bound = BoundSelect.of(session, new BatchFeed(session), statement, schema)) {
                    return schema.equals(RawRecords.SCHEMA) ? schema : bound.output();
                }
            });
        }
    }

    @Override
    public TransformStep step() {
        Session session = Session.open();
        return new SqlStep(session, select(session));
    }

    @Override
    public Fanout fanout() {
        if (select.isEmpty()) {
            try (Session session = Session.open()) {
                select(session);
            }
        }
        return select.orElseThrow().unnests() ? Fanout.MANY : Fanout.ONE;
    }

    @Override
    public int worthwhileRows() {
        return WORTHWHILE_ROWS;
    }

    @Override
    public long nativeBytes() {
        return Session.MEMORY;
    }

    private synchronized Select select(Session session) {
        if (select.isEmpty()) {
            select = Optional.of(SelectReader.read(session, text));
        }
        return select.get();
    }
}
