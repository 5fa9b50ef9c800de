package dev.wisent.engine.reject;

import dev.wisent.api.Reject;
import dev.wisent.api.RejectFile;
import dev.wisent.api.commit.GenerationView;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.RowOp;
import dev.wisent.engine.internal.run.ReplaySplits;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Reads files of rejects. One thread.
public final class KeptRejects {
    private static final String OP = "op";
    private static final String DESTINATION_ID = "destination_id";

    private final ObjectMapper json = new ObjectMapper();
    private final Path base;
    private final Path folder;

    /// @param base what relative paths start from
    /// @param folder where the pipeline's rejects are kept now: a file that is not where it was is looked for here
    public KeptRejects(Path base, Path folder) {
        this.base = base;
        this.folder = folder;
    }

    /// Where the file is; empty: it is gone.
    public Optional<Path> find(RejectFile file) {
        Path named = base.resolve(file.path());
        if (Files.exists(named)) {
            return Optional.of(named);
        }
        Path moved = base.resolve(folder).resolve(String.valueOf(named.getFileName()));
        return Files.exists(moved) ? Optional.of(moved) : Optional.empty();
    }

    /// Whether `reject` was run again since: it is a row now, or another reject.
    public static boolean isReplayed(GenerationView content, RejectFile file, KeptReject reject) {
        return content.isFinished(ReplaySplits.of(file))
                || content.position(ReplaySplits.of(file)).ordinal() >= reject.number();
    }

    /// All rejects of the file at `path`, in its order.
    public void read(Path path, Consumer<KeptReject> rejects) {
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                rejects.accept(parse(line, String.valueOf(path.getFileName()), number));
            }
        } catch (IOException e) {
            throw damaged(path, number, e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw damaged(path, number, e);
        }
    }

    KeptReject parse(String line, String file, long number) {
        JsonNode node = json.readTree(line);
        byte[] raw = Base64.getDecoder().decode(text(node, "raw_base64"));
        List<String> columns = new ArrayList<>();
        node.path("columns").forEach(column -> columns.add(column.asString("")));
        Reject reject = new Reject(
                node.path("records").asInt(raw.length == 0 ? 0 : 1),
                Reject.Stage.valueOf(text(node, "stage").toUpperCase(Locale.ROOT)),
                text(node, "where"),
                node.path("ordinal").asLong(),
                number(node, "line"),
                number(node, "byte_offset"),
                raw,
                node.path("raw_bytes").asLong(),
                text(node, "code"),
                text(node, "message"),
                columns,
                beside(node));
        return new KeptReject(file, number, text(node, "run"), text(node, "stream"), text(node, "at"), reject);
    }

    private static Reject.Beside beside(JsonNode node) {
        return new Reject.Beside(
                node.has(OP) ? RowOp.valueOf(text(node, OP).toUpperCase(Locale.ROOT)) : RowOp.INSERT,
                number(node, "source_timestamp"),
                node.has(DESTINATION_ID) ? Optional.of(text(node, DESTINATION_ID)) : Optional.empty());
    }

    static WisentException damaged(Path path, long line, Exception cause) {
        return WisentException.of(ErrorCode.BAD_FILE, "this file of rejects can't be read")
                .where(path + (line == 0 ? "" : ", line " + line))
                .hint("restore it from a copy, or move it away: its rejects are then lost")
                .causedBy(cause);
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static OptionalLong number(JsonNode node, String key) {
        return node.has(key) ? OptionalLong.of(node.path(key).asLong()) : OptionalLong.empty();
    }
}
