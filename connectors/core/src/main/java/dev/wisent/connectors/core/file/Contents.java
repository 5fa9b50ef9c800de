package dev.wisent.connectors.core.file;

import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The parts of the live and of the open generation, in the order of their commits. One thread.
final class Contents {
    private GenerationId liveId = GenerationId.FIRST;
    private List<Part> live = new ArrayList<>();
    private Optional<Generation> open = Optional.empty();
    private List<Part> opened = new ArrayList<>();

    List<Part> live() {
        return live;
    }

    List<Part> opened() {
        return opened;
    }

    GenerationId liveId() {
        return liveId;
    }

    /// Whether parts that were visible once have been superseded.
    boolean hasReplaced() {
        return !liveId.equals(GenerationId.FIRST);
    }

    Optional<Generation> open() {
        return open;
    }

    boolean publishReplaces() {
        return open.filter(g -> g.kind() == Generation.Kind.REPLACE).isPresent();
    }

    /// The parts a data commit's own join, and, when they are to be appended to the live ones, those.
    List<Part> before(GenerationId generation) {
        if (generation.equals(liveId)) {
            return live;
        }
        List<Part> joined = new ArrayList<>(publishReplaces() ? List.of() : live);
        joined.addAll(opened);
        return joined;
    }

    /// Takes a commit that is in, and says what follows from it. `whole`: as its manifest names it.
    Effect take(Commit commit, Optional<String> whole) {
        return switch (commit) {
            case Commit.Claim c -> new Effect.Nothing();
            case Commit.Begin begin -> {
                open = Optional.of(begin.generation());
                opened = new ArrayList<>();
                yield new Effect.Nothing();
            }
            case Commit.Data data -> data(data);
            case Commit.Publish p -> publishReplaces() ? replace(whole) : join();
            case Commit.Drop d -> {
                Effect discard = new Effect.Discard(List.copyOf(opened));
                close();
                yield discard;
            }
        };
    }

    private Effect data(Commit.Data data) {
        List<Part> parts = data.fragments().stream().map(Part::of).toList();
        if (!data.generation().equals(liveId)) {
            opened.addAll(parts);
            return new Effect.Nothing();
        }
        Effect reveal = new Effect.Reveal(parts, length(live));
        live.addAll(parts);
        return reveal;
    }

    private Effect replace(Optional<String> whole) {
        Effect replace = new Effect.Replace(List.copyOf(opened), List.copyOf(live), whole);
        open.ifPresent(generation -> liveId = generation.id());
        live = opened;
        close();
        return replace;
    }

    private Effect join() {
        Effect reveal = new Effect.Reveal(List.copyOf(opened), length(live));
        live.addAll(opened);
        close();
        return reveal;
    }

    private void close() {
        open = Optional.empty();
        opened = new ArrayList<>();
    }

    /// How long a file of these parts is: a header counts once.
    static long length(List<Part> parts) {
        long length = 0;
        for (Part part : parts) {
            length += length == 0 ? part.bytes() : part.body();
        }
        return length;
    }

    /// A state read back from a base.
    static Contents restore(GenerationId liveId, List<Part> live, Optional<Generation> open, List<Part> opened) {
        Contents contents = new Contents();
        contents.liveId = liveId;
        contents.live = new ArrayList<>(live);
        contents.open = open;
        contents.opened = new ArrayList<>(opened);
        return contents;
    }
}
