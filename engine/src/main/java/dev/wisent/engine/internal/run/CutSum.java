package dev.wisent.engine.internal.run;

import dev.wisent.api.Counts;
import dev.wisent.api.RejectFile;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Advance;
import dev.wisent.api.commit.Change;
import dev.wisent.api.commit.Fragment;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.columnar.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Several whole cuts as one commit's content. Ranges of one split in consecutive cuts are joined; rows the writers
/// put into fragments must be the
/// rows the workers handed them.
record CutSum(
        List<Advance> advances,
        List<Fragment> fragments,
        Counts counts,
        List<RejectFile> rejects,
        List<Latency.Sample> latency) {
    static CutSum of(List<Cut> cuts) {
        Map<SplitId, Advance> joined = new LinkedHashMap<>();
        List<Fragment> fragments = new ArrayList<>();
        List<RejectFile> rejects = new ArrayList<>();
        List<Latency.Sample> latency = new ArrayList<>();
        Counts counts = Counts.NONE;
        for (Cut cut : cuts) {
            cut.advances().forEach(advance -> joined.merge(advance.split(), advance, CutSum::join));
            List<Fragment> made = fragments(cut);
            check(cut, made);
            fragments.addAll(made);
            rejects.addAll(cut.rejects());
            latency.addAll(cut.latency());
            long bytes = made.stream().mapToLong(Fragment::bytes).sum();
            counts = counts.plus(cut.counts()).plus(new Counts(0, 0, 0, 0, 0, 0, 0, 0, bytes));
        }
        return new CutSum(List.copyOf(joined.values()), fragments, counts, rejects, latency);
    }

    Change change(Optional<Schema> schema, List<SplitId> forgotten) {
        return new Change(schema, forgotten, counts, rejects);
    }

    private static Advance join(Advance first, Advance second) {
        if (!first.to().equals(second.from())) {
            throw new IllegalStateException("cuts of " + first.split() + " leave a gap: " + first + ", " + second);
        }
        return new Advance(first.split(), first.from(), second.to(), second.finished());
    }

    private static List<Fragment> fragments(Cut cut) {
        try {
            return cut.flushing().fragments().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof WisentException known
                    ? known
                    : WisentException.of(
                                    ErrorCode.WRITE_FAILED,
                                    "what was written could not be made durable: " + e.getCause())
                            .causedBy(e);
        }
    }

    private static void check(Cut cut, List<Fragment> fragments) {
        long rows = fragments.stream().mapToLong(Fragment::rows).sum();
        if (rows != cut.counts().written() || !cut.counts().addsUp()) {
            throw WisentException.of(
                    ErrorCode.LEDGER,
                    "a cut does not add up: " + cut.counts() + ", but its fragments hold " + rows + " rows");
        }
    }
}
