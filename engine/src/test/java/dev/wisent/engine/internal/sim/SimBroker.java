package dev.wisent.engine.internal.sim;

import dev.wisent.api.Position;
import dev.wisent.api.SplitId;
import dev.wisent.api.Stand;
import dev.wisent.api.source.Fetched;
import dev.wisent.api.source.PlanPage;
import dev.wisent.api.source.ReadRequest;
import dev.wisent.api.source.Split;
import dev.wisent.api.source.Traits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Queues of a broker: a message is delivered to whoever reads until it is acknowledged, and about in its order. So many may be
/// unacknowledged at most, and a commit is due before. Acknowledgements get lost with their connection; then the message comes
/// again soon, and is known by the ids in the position's token.
final class SimBroker extends SimSource {
    private static final int MOST_UNACKNOWLEDGED = 6;
    private static final int WINDOW = 2 * MOST_UNACKNOWLEDGED;
    private static final int LOST_ONE_IN = 4;
    private static final int QUEUES = 2;

    private record Queue(TreeSet<Long> sent, TreeSet<Long> left) {}

    private final TreeMap<String, Queue> queues = new TreeMap<>();
    private long nextId;

    SimBroker(Random random) {
        super(random);
        for (int i = 0; i < QUEUES; i++) {
            queues.put("q" + i, new Queue(new TreeSet<>(), new TreeSet<>()));
        }
        change(random);
    }

    @Override
    void change(Random random) {
        for (Queue queue : queues.values()) {
            for (int more = random.nextInt(8); more > 0; more--) {
                queue.sent.add(nextId);
                queue.left.add(nextId++);
            }
        }
    }

    @Override
    Traits traits() {
        return new Traits(Traits.Replay.BY_ID, Traits.Readers.SHARED, Traits.Publish.EACH_COMMIT, Traits.Shape.COLUMNS);
    }

    @Override
    String fingerprint() {
        return "broker";
    }

    @Override
    PlannerBody plan(ReadRequest request) {
        TreeSet<String> named = new TreeSet<>();
        return () -> {
            for (String queue : queues.keySet()) {
                if (named.add(queue)) {
                    return new PlanPage.Splits(List.of(split(queue)), List.of());
                }
            }
            return new PlanPage.NothingNew();
        };
    }

    @Override
    Fetched fetch(Split split, Position after, Life life) {
        TreeSet<Long> left = queue(split.id()).left;
        List<Long> known = ids(after);
        comeAgain(split.id(), known, left);
        List<Long> news = left.stream()
                .filter(id -> !known.contains(id))
                .limit(MOST_UNACKNOWLEDGED)
                .toList();
        int unacknowledged = (int) left.stream().filter(known::contains).count();
        int most = Math.min(news.size(), MOST_UNACKNOWLEDGED - unacknowledged);
        if (most <= 0) {
            return new Fetched.Idle();
        }
        int count = 1 + random.nextInt(most);
        int from = random.nextInt(news.size() - count + 1);
        List<Long> taken = news.subList(from, from + count);
        Position at = new Position(after.ordinal() + count, token(known, taken));
        boolean due = unacknowledged + count >= MOST_UNACKNOWLEDGED / 2;
        return chunk(split, taken, due ? Stand.due(at) : Stand.safe(at));
    }

    /// What was committed, and whose acknowledgement was lost: who knows it acknowledges it again.
    private void comeAgain(SplitId split, List<Long> known, TreeSet<Long> left) {
        Set<Long> committed = new HashSet<>(ids(judge.stands(split)));
        for (int i = 0; i < known.size(); i++) {
            boolean soon = i < known.size() - MOST_UNACKNOWLEDGED || random.nextBoolean();
            if (soon && committed.contains(known.get(i))) {
                left.remove(known.get(i));
            }
        }
    }

    @Override
    void acknowledged(SplitId split, Position upTo) {
        if (random.nextInt(LOST_ONE_IN) != 0) {
            ids(upTo).forEach(queue(split).left::remove);
        }
    }

    private Queue queue(SplitId split) {
        return queues.getOrDefault(split.value(), new Queue(new TreeSet<>(), new TreeSet<>()));
    }

    private static List<Long> ids(Position position) {
        return position.token().isEmpty()
                ? List.of()
                : Arrays.stream(position.token().split(",", -1))
                        .map(Long::valueOf)
                        .toList();
    }

    private static String token(List<Long> known, List<Long> more) {
        List<Long> all = new ArrayList<>(known);
        all.addAll(more);
        List<Long> last = all.subList(Math.max(0, all.size() - WINDOW), all.size());
        return String.join(",", last.stream().map(String::valueOf).toList());
    }

    @Override
    boolean isRead() {
        return queues.entrySet().stream()
                .allMatch(q -> judge.stands(new SplitId(q.getKey())).ordinal()
                        == q.getValue().sent.size());
    }

    @Override
    void judge(List<Long> visible) {
        TreeSet<Long> wanted = new TreeSet<>();
        queues.values().forEach(queue -> wanted.addAll(queue.sent));
        expect(new HashSet<>(visible).size() == visible.size(), "messages that were written twice");
        expect(wanted.containsAll(visible), "messages that nobody sent");
        visible.forEach(wanted::remove);
        expect(wanted.isEmpty(), "lost messages: " + sample(wanted));
    }
}
