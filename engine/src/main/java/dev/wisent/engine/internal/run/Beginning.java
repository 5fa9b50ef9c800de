package dev.wisent.engine.internal.run;

import dev.wisent.api.SyncMode;
import dev.wisent.api.commit.OpenGeneration;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import dev.wisent.api.fault.Boundary;
import dev.wisent.api.state.Reset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out what a run has to make: what its mode says, or, if a reset was asked for, everything again in a hidden
/// generation that takes the place of the live one when it is published.
///
/// A reset is never done twice and never forgotten, because the destination tells what became of it, whoever died
/// before it could note something: a generation in the making names its reset, and a live one with a higher number
/// than the claim under which the reset was begun has replaced everything since.
final class Beginning {
    private final StreamJob job;
    private final ResetLog log;
    private final List<String> notes = new ArrayList<>();

    Beginning(StreamJob job, ResetLog log) {
        this.job = job;
        this.log = log;
    }

    /// What people should know.
    List<String> notes() {
        return notes;
    }

    /// What the run is to make. Asked again when a generation was dropped.
    ///
    /// @param plain what it would make without a reset
    /// @param claim the number of this run's claim of lane 0
    /// @param live the number of the live generation
    /// @param open what an earlier run left in the making
    Goal goal(Goal plain, long claim, long live, Optional<OpenGeneration> open) {
        refuseWhatCannotBe(plain);
        if (job.mode() == SyncMode.STREAM) {
            log.find()
                    .ifPresent(reset -> notes.add(
                            "the reset asked for at " + reset.asked() + " waits for a run with sync_mode incremental"));
            return plain;
        }
        Optional<Reset> found = log.find().filter(reset -> !isDone(reset, live));
        if (found.isPresent() && found.get().status() == Reset.Status.CANCELLED) {
            if (open.flatMap(Goal::resetOf).isEmpty()) {
                log.end(found.get().id());
            }
            return plain;
        }
        return found.or(() -> wantedWithoutARecord(open))
                .map(reset -> {
                    log.begin(reset.id(), claim);
                    Boundary.reached(Boundary.RESET_BEGUN);
                    return plain.resetting(reset.id());
                })
                .orElse(plain);
    }

    private void refuseWhatCannotBe(Goal plain) {
        if (job.start() == StreamJob.Start.ANEW && plain.hidden().isEmpty()) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "source.force_ignore_checkpoint: here each commit is visible at once, so reading again from"
                                    + " the start would repeat every row")
                    .where("stream " + job.stream())
                    .hint("leave the key out; to read everything again in place of what is there, ask for a reset")
                    .next("wisent stream reset FILE");
        }
        if (job.start() == StreamJob.Start.RESET && job.mode() == SyncMode.STREAM) {
            throw WisentException.of(
                            ErrorCode.NOT_SUPPORTED,
                            "source.reset: a streaming run has no end at which it could replace what is there")
                    .where("stream " + job.stream())
                    .hint("run it once with sync_mode: incremental and reset: true, then as before");
        }
        if (job.start() == StreamJob.Start.RESET) {
            notes.add(
                    job.mode() == SyncMode.FULL_REFRESH
                            ? "source.reset changes nothing: a full refresh replaces everything in each run"
                            : "source.reset is in the pipeline file: each run reads everything again and replaces what"
                                    + " is there; take it out when once was enough");
        }
    }

    private boolean isDone(Reset reset, long live) {
        Optional<Reset.Begun> by = reset.begun().filter(begun -> live > begun.claim());
        by.ifPresent(begun -> {
            log.end(reset.id());
            notes.add("the reset asked for at " + reset.asked() + " was carried out already: run " + begun.run()
                    + " began it, and since then everything was replaced");
        });
        return by.isPresent();
    }

    /// One that was begun and that the state store does not know, because the store was lost in between; or the one
    /// each run with `source.reset` asks for.
    private Optional<Reset> wantedWithoutARecord(Optional<OpenGeneration> open) {
        if (job.mode() != SyncMode.INCREMENTAL) {
            return Optional.empty();
        }
        Optional<String> left = open.flatMap(Goal::resetOf);
        left.ifPresent(
                id -> notes.add("goes on with a reset that an earlier run began and the state store did not know"));
        return left.or(() -> job.start() == StreamJob.Start.RESET
                        ? Optional.of(job.run().value())
                        : Optional.empty())
                .map(log::ask);
    }

    /// The generation of `goal` is published.
    void published(Goal goal) {
        goal.reset().ifPresent(id -> {
            log.end(id);
            Boundary.reached(Boundary.RESET_ENDED);
        });
    }
}
