package dev.wisent.connectors.sqlite.load;

import dev.wisent.api.TargetId;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.destination.Shipping;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.error.WriteFailure;
import dev.wisent.api.fault.Boundary;
import dev.wisent.columnar.BytesColumn;
import dev.wisent.columnar.Column;
import dev.wisent.columnar.DataType;
import dev.wisent.columnar.DoubleColumn;
import dev.wisent.columnar.Field;
import dev.wisent.columnar.LongColumn;
import dev.wisent.columnar.NdjsonEncoder;
import dev.wisent.columnar.OutputBuffer;
import dev.wisent.columnar.RecordBatch;
import dev.wisent.columnar.Schema;
import dev.wisent.connectors.sql.staged.PartWriter;
import dev.wisent.connectors.sql.staged.RowChanges;
import dev.wisent.connectors.sql.staged.StagedPart;
import dev.wisent.connectors.sql.staged.TableName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/// Writes rows of one target and schema into parts that are SQLite files with one table. One thread, which SQLite works on;
/// ship threads only sync what it wrote.
final class SqliteParts implements PartWriter {
    private final TargetId target;
    private final Schema rows;
    private final Schema written;
    private final List<String> primaryKey;
    private final Shipping shipping;
    private final Supplier<Path> names;
    private final Optional<RowChanges> changes;
    private final OutputBuffer json = new OutputBuffer();
    private Optional<Open> open = Optional.empty();

    private static final class Open {
        final Path file;
        final Connection connection;
        final PreparedStatement insert;
        long rows;
        long bytes;

        Open(Path file, Connection connection, PreparedStatement insert) {
            this.file = file;
            this.connection = connection;
            this.insert = insert;
        }
    }

    SqliteParts(TargetId target, Schema rows, List<String> primaryKey, Shipping shipping, Supplier<Path> names) {
        this.target = target;
        this.rows = rows;
        this.primaryKey = primaryKey;
        this.shipping = shipping;
        this.names = names;
        this.changes = primaryKey.isEmpty() ? Optional.empty() : Optional.of(new RowChanges(rows));
        this.written = changes.map(RowChanges::schema).orElse(rows);
    }

    @Override
    public Schema rows() {
        return rows;
    }

    /// SQLite holds little; but a part is worth a cut when it is large.
    @Override
    public long heldBytes() {
        return open.map(part -> part.bytes).orElse(0L);
    }

    @Override
    public void write(RecordBatch batch) {
        if (batch.rows() == 0) {
            return;
        }
        RecordBatch all = changes.map(c -> c.of(batch)).orElse(batch);
        try {
            if (open.isEmpty()) {
                open = Optional.of(begin(names.get()));
            }
            Open part = open.get();
            for (int row = 0; row < all.rows(); row++) {
                for (int i = 0; i < written.size(); i++) {
                    bind(part.insert, i + 1, all.column(i), row);
                }
                part.insert.executeUpdate();
            }
            part.rows += all.rows();
            part.bytes += all.bytes();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Open begin(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.OFF);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE rows ("
                    + written.fields().stream()
                            .map(f -> TableName.quoted(f.name()))
                            .collect(Collectors.joining(", "))
                    + ")");
            connection.setAutoCommit(false);
            String marks = written.fields().stream().map(f -> "?").collect(Collectors.joining(", "));
            return new Open(file, connection, connection.prepareStatement("INSERT INTO rows VALUES (" + marks + ")"));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void bind(PreparedStatement to, int at, Column from, int row) throws SQLException {
        if (from.isNull(row)) {
            to.setObject(at, null);
            return;
        }
        switch (from.type()) {
            case DataType.Bool b -> to.setLong(at, ((LongColumn) from).get(row));
            case DataType.Int i -> to.setLong(at, ((LongColumn) from).get(row));
            case DataType.Float f -> to.setDouble(at, number(((DoubleColumn) from).get(row), at));
            case DataType.Binary b -> to.setBytes(at, ((BytesColumn) from).copy(row));
            case DataType.Struct s -> to.setString(at, json(from, row));
            case DataType.ListOf l -> to.setString(at, json(from, row));
            case DataType.MapOf m -> to.setString(at, json(from, row));
            default -> to.setString(at, TextValues.of(from, row));
        }
    }

    private double number(double value, int at) {
        if (Double.isNaN(value)) {
            throw WisentException.of(
                            ErrorCode.WRITE_FAILED,
                            "column '" + written.field(at - 1).name()
                                    + "' holds NaN, which SQLite can't keep: it would become null")
                    .hint("declare the column as string, or turn NaN into null with a transform");
        }
        return value;
    }

    /// The value alone, out of an object of one field.
    private String json(Column from, int row) {
        Schema one = Schema.of(Field.nullable("v", from.type()));
        json.clear();
        new NdjsonEncoder(one).encode(RecordBatch.over(one, List.of(from), from.size()), row, row + 1, json);
        int begin = "{\"v\":".length();
        return new String(json.array(), begin, json.length() - begin - "}\n".length(), StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Sealed> seal() {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Open part = open.get();
        open = Optional.empty();
        try {
            part.insert.close();
            part.connection.commit();
            part.connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
        String description = new StagedPart(String.valueOf(part.file.getFileName()), rows, primaryKey).json();
        CompletableFuture<Fragment> fragment = shipping.start(String.valueOf(part.file.getFileName()))
                .finish(() -> {
                    Boundary.reached(Boundary.STAGING);
                    long bytes = synced(part.file);
                    Boundary.reached(Boundary.STAGED);
                    return new Fragment(target, Fragment.Kind.DURABLE, description, part.rows, bytes);
                });
        return Optional.of(new Sealed(fragment, () -> remove(part.file)));
    }

    private static long synced(Path file) {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.WRITE)) {
            content.force(true);
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
                try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                    entries.force(true);
                }
            }
            return content.size();
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part can't be written", file, 0, e);
        }
    }

    @Override
    public void drop() {
        open.ifPresent(part -> {
            try {
                part.insert.close();
                part.connection.close();
            } catch (SQLException e) {
                throw failed(e);
            }
            remove(part.file);
        });
        open = Optional.empty();
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw WriteFailure.of(ErrorCode.WRITE_FAILED, "a part that is not needed can't be removed", file, 0, e);
        }
    }

    private static WisentException failed(SQLException cause) {
        return WisentException.of(
                        String.valueOf(cause.getMessage()).contains("SQLITE_FULL")
                                ? ErrorCode.DISK_FULL
                                : ErrorCode.WRITE_FAILED,
                        "a part can't be written: " + cause.getMessage())
                .causedBy(cause);
    }

    @Override
    public void close() {
        drop();
    }
}
