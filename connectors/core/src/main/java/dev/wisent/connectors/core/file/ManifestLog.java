package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.LongStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The stored commits of one stream: `manifest-<n>` each, put together now and then into `base-<n>`.
///
/// A base is looked at before any manifest up to its number: manifests below it are removed, so one that is found there
/// may be a straggler's, which
/// nobody else sees.
final class ManifestLog {
    static final String MANIFEST = "manifest-";
    static final String BASE = "base-";
    private static final String WHOLE = "whole";
    /// The base before the newest stays: whoever lists the folder while a new one comes still sees one of them.
    private static final int BASES_KEPT = 2;

    private static final int MANIFESTS_AT_ONCE = 32;

    private final Bookkeeping records;

    ManifestLog(Bookkeeping records) {
        this.records = records;
    }

    /// `state` and all commits after it; `state` itself is not to be used any more.
    State catchUp(State state) throws IOException {
        State current = state;
        while (true) {
            TreeSet<Long> bases = bases();
            if (!bases.isEmpty() && bases.last() > current.n()) {
                try {
                    current = BaseFile.read(records, bases.last());
                } catch (NoSuchFileException e) {
                    current = State.empty();
                    continue;
                }
            }
            long first = current.n() + 1;
            Optional<WisentException> damage = takeFrom(current);
            if (highestBase() >= first) {
                current = State.empty();
            } else if (damage.isPresent()) {
                throw damage.get();
            } else {
                return current;
            }
        }
    }

    /// Nearly always there is one or none: more are asked for at once only while there are more.
    private Optional<WisentException> takeFrom(State state) throws IOException {
        for (int window = 1; ; window = Math.min(2 * window, MANIFESTS_AT_ONCE)) {
            long first = state.n() + 1;
            List<String> names = LongStream.range(first, first + window)
                    .mapToObj(n -> MANIFEST + n)
                    .toList();
            for (Optional<byte[]> content : records.readAll(names)) {
                if (content.isEmpty()) {
                    return Optional.empty();
                }
                Optional<WisentException> damage = take(state, content.get());
                if (damage.isPresent()) {
                    return damage;
                }
            }
        }
    }

    private Optional<WisentException> take(State state, byte[] content) {
        long n = state.n() + 1;
        try {
            JsonNode node = JsonMapper.shared().readTree(content);
            Commit commit = CommitJson.read(node);
            if (!(state.progress().decide(commit, f -> false) instanceof Decision.Accept)) {
                throw new IllegalArgumentException("it does not follow the commits before it");
            }
            state.take(commit, node.path(WHOLE).stringValueOpt());
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.of(damaged(MANIFEST + n, e));
        }
    }

    WisentException damaged(String file, Exception cause) {
        // Jackson's own message has a second line about where it read
        String why = cause instanceof JacksonException syntax ? syntax.getOriginalMessage() : cause.getMessage();
        return WisentException.of(ErrorCode.DESTINATION_CORRUPT, file + " can't be read: " + why)
                .where(records.where(file))
                .hint("restore it from a copy; without it nobody knows which rows are here")
                .causedBy(cause);
    }

    static byte[] content(Commit commit, Optional<String> whole) {
        ObjectNode node = CommitJson.write(commit);
        whole.ifPresent(name -> node.put(WHOLE, name));
        return (node + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The number of the newest base; 0: there is none.
    long highestBase() throws IOException {
        TreeSet<Long> bases = bases();
        return bases.isEmpty() ? 0 : bases.last();
    }

    /// Whether a commit after `n` is stored.
    boolean goesOnAfter(long n) throws IOException {
        return records.has(MANIFEST + (n + 1)) || highestBase() > n;
    }

    /// Puts everything up to `state` together and removes what that makes needless. Whoever does it makes the same
    /// base.
    void writeBase(State state) throws IOException {
        long n = state.n();
        records.write(BASE + n, n, out -> BaseFile.write(out, state));
        Boundary.reached(Boundary.BASE_NAMED);
        state.based(n);
        for (long old : new ArrayList<>(bases().headSet(n))
                .reversed().stream().skip(BASES_KEPT - 1).toList()) {
            records.delete(BASE + old);
        }
        for (long old : numbers(MANIFEST).headSet(n, true)) {
            removeManifest(old);
            Boundary.reached(Boundary.MANIFEST_REMOVED);
        }
    }

    void removeManifest(long n) throws IOException {
        records.delete(MANIFEST + n);
    }

    private TreeSet<Long> bases() throws IOException {
        return numbers(BASE);
    }

    private TreeSet<Long> numbers(String prefix) throws IOException {
        TreeSet<Long> numbers = new TreeSet<>();
        for (String name : records.names(prefix)) {
            number(name, prefix).ifPresent(numbers::add);
        }
        return numbers;
    }

    private static OptionalLong number(String name, String prefix) {
        String digits = name.substring(prefix.length());
        return digits.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
    }
}
