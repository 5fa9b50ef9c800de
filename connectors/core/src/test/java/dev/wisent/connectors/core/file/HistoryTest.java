package dev.wisent.connectors.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.LaneId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitOutcome;
import dev.wisent.api.commit.Decision;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.commit.Generation;
import dev.wisent.api.commit.GenerationId;
import dev.wisent.api.commit.Progress;
import dev.wisent.api.error.WisentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// Random runs, zombies, crashes and lost answers over one destination, against a plain model: [Progress] decides,
/// lists of rows are the table. A failure names its seed.
class HistoryTest {
    private static final int STEPS = 60;
    private static final long SEED = Long.getLong("wisent.seed", 1);

    @TempDir
    Path folder;

    @RepeatedTest(15)
    void a_folder_is_what_the_model_says(RepetitionInfo repetition) {
        play(folder.resolve("out"), SEED + repetition.getCurrentRepetition());
    }

    @RepeatedTest(15)
    void one_file_is_what_the_model_says(RepetitionInfo repetition) {
        play(folder.resolve("out.ndjson"), SEED + 1_000 + repetition.getCurrentRepetition());
    }

    @RepeatedTest(5)
    void a_folder_of_an_object_store_is_what_the_model_says(RepetitionInfo repetition) {
        play(folder.resolve("stored"), SEED + 2_000 + repetition.getCurrentRepetition());
    }

    @Tag("sweep")
    @RepeatedTest(200)
    void folder_file_and_object_store_are_what_the_model_says(RepetitionInfo repetition) {
        long seed = SEED + 3_000 + repetition.getCurrentRepetition();
        for (String name : List.of("out", "out.ndjson", "stored")) {
            play(folder.resolve(name), seed);
        }
    }

    private void play(Path path, long seed) {
        History history = new History(path, seed);
        try {
            for (int step = 0; step < STEPS; step++) {
                history.step(0);
                history.check();
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + String.join(", ", history.log), e);
        }
    }

    private static boolean isStored(Path path) {
        return path.endsWith("stored");
    }

    private static Place place(Path path) {
        return isStored(path) ? Run.store(path) : new LocalPlace(Layout.of(path, false));
    }

    private static FileOptions options(Path path, long baseEvery) {
        return isStored(path) ? Run.inStore(path, baseEvery) : Run.options(path, Format.NDJSON, baseEvery);
    }

    /// A live run with the places where it can be interrupted.
    private static final class Player {
        final Run run;
        final HookedView view;
        final List<Commit> past = new ArrayList<>();
        Optional<Commit.Claim> claim = Optional.empty();

        Player(Path path, long baseEvery) {
            Place place = place(path);
            this.view = new HookedView(place.visible());
            this.run = new Run(new FileDestination(options(path, baseEvery), place, view));
        }
    }

    private static final class History {
        final Random random;
        final Path path;
        final List<String> log = new ArrayList<>();
        final List<Player> players = new ArrayList<>();
        final Progress model = new Progress();
        final Map<String, List<String>> rowsOf = new HashMap<>();
        List<String> live = new ArrayList<>();
        List<String> opened = new ArrayList<>();
        GenerationId liveId = GenerationId.FIRST;
        Optional<Generation> open = Optional.empty();
        /// Whether everything decided is shown for sure.
        boolean shown = true;
        int row;

        History(Path path, long seed) {
            this.random = new Random(seed);
            this.path = path;
        }

        void step(int depth) {
            if (players.isEmpty() || random.nextInt(8) == 0) {
                players.add(new Player(path, random.nextInt(3, 8)));
                claim(players.getLast(), depth);
                return;
            }
            // The newest run most of the time; the others are zombies.
            Player player = random.nextInt(4) > 0 ? players.getLast() : players.get(random.nextInt(players.size()));
            switch (random.nextInt(10)) {
                case 0 ->
                    player.past.stream()
                            .skip(random.nextInt(player.past.size()))
                            .findFirst()
                            .ifPresent(past -> play(player, past, depth));
                case 1 -> player.claim.ifPresent(player.run.destination::sweep);
                case 2 -> play(player, begin(player), depth);
                case 3, 4 -> open.ifPresent(generation -> play(player, data(player, generation.id()), depth));
                case 5 ->
                    open.ifPresent(
                            generation -> play(player, new Commit.Publish(player.run.next(), generation.id()), depth));
                case 6 -> {
                    if (random.nextInt(3) == 0) {
                        open.ifPresent(
                                generation -> play(player, new Commit.Drop(player.run.next(), generation.id()), depth));
                    }
                }
                default -> play(player, data(player, liveId), depth);
            }
        }

        private void claim(Player player, int depth) {
            player.run.n = model.last(LaneId.FIRST);
            Commit.Claim claim = player.run.claim();
            player.claim = Optional.of(claim);
            play(player, claim, depth);
        }

        private Commit begin(Player player) {
            Generation.Kind kind = random.nextBoolean() ? Generation.Kind.REPLACE : Generation.Kind.APPEND;
            dev.wisent.api.commit.Head head = player.run.next();
            return new Commit.Begin(
                    head, new Generation(new GenerationId(head.n()), kind), "f", dev.wisent.api.StreamState.EMPTY);
        }

        private Commit data(Player player, GenerationId generation) {
            List<Fragment> fragments = new ArrayList<>();
            List<String> rows = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                String value = "r" + ++row;
                rows.add(value);
                fragments.addAll(player.run.write(Run.TARGET, value));
            }
            Commit.Data data = player.run.data(generation, fragments);
            rowsOf.put(data.head().id().value(), rows);
            return data;
        }

        private void play(Player player, Commit commit, int depth) {
            player.past.add(commit);
            String name =
                    commit.getClass().getSimpleName() + " " + commit.head().n() + " by " + player.run.id;
            log.add(name);
            Decision expected = model.decide(commit, fragment -> false);
            long before = model.last(LaneId.FIRST);
            interrupt(player, commit, depth);
            CommitOutcome outcome;
            try {
                outcome = player.run.commit(commit);
            } catch (RulesTest.Crash crash) {
                log.add("crash of " + player.run.id);
                players.remove(player);
                return;
            } catch (WisentException beforeItWasDecided) {
                assertThat(beforeItWasDecided).hasRootCauseMessage("lost");
                assertThat(beforeItWasDecided.isTransient()).isTrue();
                log.add("failure of " + player.run.id);
                giveBack(player, commit);
                return;
            } finally {
                player.view.beforeDecision = HookedView.NOTHING;
                player.view.beforeApplying = HookedView.NOTHING;
                player.view.afterApplying = HookedView.NOTHING;
            }
            log.add(name + ": " + outcome.getClass().getSimpleName());
            switch (outcome) {
                case CommitOutcome.Committed committed -> {
                    assertThat(committed.number()).isEqualTo(commit.head().n());
                    take(commit);
                    shown |= model.last(LaneId.FIRST) == commit.head().n();
                }
                case CommitOutcome.Stale stale -> {
                    // What came in between may have overtaken it: never what the model took.
                    assertThat(model.decide(commit, fragment -> false)).isInstanceOf(Decision.Refuse.class);
                    if (model.last(LaneId.FIRST) == before) {
                        assertThat(expected).isInstanceOf(Decision.Refuse.class);
                    }
                    giveBack(player, commit);
                }
                case CommitOutcome.Unknown unknown -> shown = false;
            }
        }

        /// A run whose commit was refused stays where it stood: its next number is taken for ever. One without a claim
        /// is none.
        private void giveBack(Player player, Commit commit) {
            player.run.n = Math.min(player.run.n, commit.head().n() - 1);
            if (player.claim.filter(commit::equals).isPresent()) {
                players.remove(player);
            }
        }

        /// Crashes, lost answers and other runs' commits, before the decision and before and after readers see it.
        private void interrupt(Player player, Commit commit, int depth) {
            HookedView view = player.view;
            if (depth == 0 && random.nextInt(6) == 0) {
                view.beforeDecision = state -> {
                    view.beforeDecision = HookedView.NOTHING;
                    others(player, depth);
                };
            }
            int what = random.nextInt(12);
            view.beforeApplying = state -> {
                decided(commit, state);
                switch (what) {
                    case 0 -> throw new RulesTest.Crash();
                    case 1 -> throw new IOException("lost");
                    case 2, 3 -> {
                        if (depth == 0) {
                            others(player, depth);
                        }
                    }
                    default -> {}
                }
            };
            view.afterApplying = state -> {
                if (what == 4) {
                    throw new RulesTest.Crash();
                }
            };
        }

        private void others(Player player, int depth) {
            log.add("[");
            List<Player> all = List.copyOf(players);
            players.remove(player);
            for (int i = random.nextInt(4); i >= 0; i--) {
                step(depth + 1);
            }
            if (all.contains(player) && player.claim.isPresent()) {
                players.addFirst(player);
            }
            log.add("]");
        }

        /// The manifest has its name when its effect is applied for the first time.
        private void decided(Commit commit, State state) {
            if (state.n() == commit.head().n()
                    && model.decide(commit, fragment -> false) instanceof Decision.Accept
                    && commit.head()
                            .id()
                            .equals(state.progress().ids(LaneId.FIRST).get(state.n()))) {
                take(commit);
            }
            shown = false;
        }

        private void take(Commit commit) {
            if (!(model.decide(commit, fragment -> false) instanceof Decision.Accept)) {
                assertThat(model.decide(commit, fragment -> false)).isInstanceOf(Decision.Already.class);
                return;
            }
            model.apply(commit);
            switch (commit) {
                case Commit.Claim claim -> {}
                case Commit.Begin begin -> open = Optional.of(begin.generation());
                case Commit.Data data ->
                    (data.generation().equals(liveId) ? live : opened)
                            .addAll(rowsOf.getOrDefault(data.head().id().value(), List.of()));
                case Commit.Publish publish -> {
                    boolean replaces = open.orElseThrow().kind() == Generation.Kind.REPLACE;
                    live = new ArrayList<>(replaces ? List.of() : live);
                    live.addAll(opened);
                    liveId = replaces ? publish.generation() : liveId;
                    opened = new ArrayList<>();
                    open = Optional.empty();
                }
                case Commit.Drop drop -> {
                    opened = new ArrayList<>();
                    open = Optional.empty();
                }
            }
        }

        void check() {
            assertThat(new FileDestination(options(path, 1_000), place(path)).progress(Run.ORDERS))
                    .isEqualTo(model.view());
            if (shown) {
                assertThat(seen()).isEqualTo(live.stream().sorted().toList());
            }
        }

        private List<String> seen() {
            return Files.isDirectory(path)
                    ? Seen.rows(path)
                    : Seen.lines(path).stream()
                            .map(line -> line.replace("{\"v\":\"", "").replace("\"}", ""))
                            .sorted()
                            .toList();
        }
    }
}
