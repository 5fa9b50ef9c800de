package dev.wisent.connectors.mysql.load;

import dev.wisent.columnar.DataType;
import dev.wisent.columnar.Schema;
import dev.wisent.columnar.TypeParser;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A part: the columns of its rows, then blocks of rows as the server's literals, with commas between them; each with its
/// length in front, and a length of 0 at the end.
final class PartFile {
    private PartFile() {}

    static DataOutputStream create(Path file, Schema columns) throws IOException {
        DataOutputStream to = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)));
        byte[] header = new DataType.Struct(columns.fields()).text().getBytes(StandardCharsets.UTF_8);
        to.writeInt(header.length);
        to.write(header);
        return to;
    }

    static void block(DataOutputStream to, byte[] rows, int length) throws IOException {
        to.writeInt(length);
        to.write(rows, 0, length);
    }

    static void end(DataOutputStream to) throws IOException {
        to.writeInt(0);
        to.close();
    }

    /// What is done with a part's blocks, in order.
    interface Blocks {
        void block(Schema columns, String rows) throws java.sql.SQLException;
    }

    /// The columns of a part.
    static Schema columns(Path file) throws IOException {
        try (DataInputStream from = open(file)) {
            return header(from);
        }
    }

    static void read(Path file, Blocks blocks) throws IOException, java.sql.SQLException {
        try (DataInputStream from = open(file)) {
            Schema columns = header(from);
            for (int length = from.readInt(); length > 0; length = from.readInt()) {
                blocks.block(columns, text(from, length));
            }
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
    }

    private static Schema header(DataInputStream from) throws IOException {
        DataType type = TypeParser.parse(text(from, from.readInt()));
        return type instanceof DataType.Struct struct ? Schema.of(struct.fields()) : Schema.of();
    }

    private static String text(DataInputStream from, int length) throws IOException {
        byte[] bytes = new byte[length];
        from.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
