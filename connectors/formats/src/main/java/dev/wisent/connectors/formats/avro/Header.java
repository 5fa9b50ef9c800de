package dev.wisent.connectors.formats.avro;

import dev.wisent.api.format.FileBytes;
import dev.wisent.connectors.formats.Damage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/// What a file begins with. Avro's specification, "Object Container Files".
///
/// @param length where the first block begins
record Header(Schema schema, Codec codec, byte[] sync, int length) {
    static final int SYNC = 16;
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};
    private static final int FIRST_TRY = 64 << 10;
    private static final int MOST = 64 << 20;

    static Header read(FileBytes file) {
        int tried = (int) Math.min(FIRST_TRY, file.size());
        while (true) {
            byte[] start = file.read(0, tried);
            if (start.length < MAGIC.length || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
                throw Damage.parse(file.where(), "the file does not begin as an Avro file does");
            }
            Optional<Header> header = parse(new Varints(start, MAGIC.length), file.where());
            if (header.isPresent()) {
                return header.get();
            }
            if (tried == file.size() || tried >= MOST) {
                throw Damage.parse(file.where(), "the file ends within its header");
            }
            tried = (int) Math.min(file.size(), Math.min(MOST, tried * 8L));
        }
    }

    /// Empty: these bytes are too few.
    private static Optional<Header> parse(Varints in, String where) {
        Map<String, byte[]> metadata = new HashMap<>();
        byte[] sync;
        try {
            for (long count = in.next(); count != 0; count = in.next()) {
                if (count < 0) {
                    in.next();
                }
                for (long i = 0; i < Math.absExact(count); i++) {
                    String key = new String(in.bytes(in.next()), StandardCharsets.UTF_8);
                    metadata.put(key, in.bytes(in.next()));
                }
            }
            sync = in.bytes(SYNC);
        } catch (Varints.TooShort e) {
            return Optional.empty();
        } catch (ArithmeticException e) {
            throw Damage.parse(where, "the file's header can't be read: " + e.getMessage(), e);
        }
        Schema schema = schema(text(metadata, "avro.schema"), where);
        Codec codec = Codec.named(text(metadata, "avro.codec"), where);
        return Optional.of(new Header(schema, codec, sync, in.at()));
    }

    private static String text(Map<String, byte[]> metadata, String key) {
        return new String(metadata.getOrDefault(key, new byte[0]), StandardCharsets.UTF_8);
    }

    /// Names are taken as they are: other languages' writers don't keep to Java's rules.
    private static Schema schema(String json, String where) {
        try {
            return new Schema.Parser(org.apache.avro.NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(json);
        } catch (RuntimeException e) {
            throw Damage.parse(where, "the file's schema can't be read: " + e.getMessage(), e);
        }
    }
}
