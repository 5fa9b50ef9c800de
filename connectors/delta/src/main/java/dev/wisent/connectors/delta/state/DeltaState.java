package dev.wisent.connectors.delta.state;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// What Wisent's commits to a table say up to commit [#n]. One thread. A function of the commits alone.
public final class DeltaState {
    /// A commit's object names the digests of the commits since the base: of so many in 40 KB.
    private static final int MOST_SINCE = 2_000;

    private final Progress progress;
    private Optional<Generation> open;
    /// The files of the open generation: they come into the table when it is published.
    private List<DataFile> opened;
    /// The names of data files that commits name and that were written under claims since [#sweptBelow].
    private final Set<String> named;
    /// Names of data files that never will be in the table, by the number of the commit that dropped them: a sweep under a
    /// later claim removes them.
    private final Map<String, Long> dropped;
    /// Up to which claim this process has swept, until a commit tells it.
    private OptionalLong swept = OptionalLong.empty();

    private long sweptBelow;
    private Optional<Changed.BaseName> base = Optional.empty();
    private List<Digest> since = new ArrayList<>();
    private long sinceBytes;
    private long baseBytes;

    public DeltaState() {
        this(new Progress(), Optional.empty(), List.of(), Set.of(), Map.of(), 0);
    }

    DeltaState(
            Progress progress,
            Optional<Generation> open,
            List<DataFile> opened,
            Set<String> named,
            Map<String, Long> dropped,
            long sweptBelow) {
        this.progress = progress;
        this.open = open;
        this.opened = new ArrayList<>(opened);
        this.named = new HashSet<>(named);
        this.dropped = new TreeMap<>(dropped);
        this.sweptBelow = sweptBelow;
    }

    public Progress progress() {
        return progress;
    }

    public long n() {
        return progress.last(LaneId.FIRST);
    }

    public Optional<Generation> open() {
        return open;
    }

    public List<DataFile> opened() {
        return List.copyOf(opened);
    }

    public Set<String> named() {
        return Set.copyOf(named);
    }

    /// Names of data files that a dropped generation left, by the number of the commit that dropped it.
    public Map<String, Long> dropped() {
        return Map.copyOf(dropped);
    }

    /// Claims below this one have left nothing behind that is not named.
    public long sweptBelow() {
        return sweptBelow;
    }

    /// The holder of `claim` has removed what older claims left behind. The next commit tells it.
    public void swept(long claim) {
        swept = claim > sweptBelow ? OptionalLong.of(claim) : OptionalLong.empty();
    }

    /// The newest base that [#next] names.
    public Optional<Changed.BaseName> base() {
        return base;
    }

    /// What the next commit's object has to say.
    public Changed next(Commit commit) {
        return new Changed(commit, base, since, swept);
    }

    /// Takes a commit that is in, whose object is `size` bytes long.
    public void take(Changed changed, Digest digest, long size) {
        Commit commit = changed.commit();
        changed.swept().ifPresent(this::forgetBelow);
        progress.apply(commit);
        since.add(digest);
        sinceBytes += size;
        switch (commit) {
            case Commit.Claim c -> {}
            case Commit.Begin begin -> {
                open = Optional.of(begin.generation());
                opened = new ArrayList<>();
            }
            case Commit.Data data -> take(data);
            case Commit.Publish p -> {
                opened.forEach(file -> named.add(file.name()));
                close();
            }
            case Commit.Drop d -> {
                opened.forEach(file -> {
                    named.remove(file.name());
                    dropped.put(file.name(), d.head().n());
                });
                close();
            }
        }
    }

    private void take(Commit.Data data) {
        List<DataFile> files = data.fragments().stream().map(DataFile::of).toList();
        files.forEach(file -> named.add(file.name()));
        if (open.filter(generation -> generation.id().equals(data.generation())).isPresent()) {
            opened.addAll(files);
        }
    }

    private void forgetBelow(long claim) {
        sweptBelow = Math.max(sweptBelow, claim);
        named.removeIf(name -> DataFile.claim(name) < sweptBelow);
        dropped.values().removeIf(n -> n < sweptBelow);
        swept = OptionalLong.empty();
    }

    private void close() {
        open = Optional.empty();
        opened = new ArrayList<>();
    }

    /// Whether it is time to put the commits together: recovery reads one base and the commits since.
    public boolean wantsBase(long every) {
        return since.size() >= every && (sinceBytes * 4 >= baseBytes || since.size() >= MOST_SINCE);
    }

    /// From the next commit on, objects name this base, which holds this state.
    public void based(Changed.BaseName name, long bytes) {
        base = Optional.of(name);
        since = new ArrayList<>();
        sinceBytes = 0;
        baseBytes = bytes;
    }
}
