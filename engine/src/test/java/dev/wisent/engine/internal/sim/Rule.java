package dev.wisent.engine.internal.sim;

import dev.wisent.engine.internal.run.EngineRule;
import java.util.Optional;

/// The rules of the contract that a test can switch off, to show that a seed fails without each. The engine leaves those out
/// that are its own ([EngineRule]); the others are broken around it, by what it talks to.
enum Rule {
    /// A commit's number is the lane's last + 1: the fence.
    NUMBER_FOLLOWS,
    /// A range starts where its split stands: the second lock behind several rules of the engine.
    RANGES_MATCH,
    /// The ids of all commits are kept, a base keeps those it merged.
    IDS_ARE_KEPT,
    /// "Already" is answered for this very commit only, not for whoever finds its range covered.
    ALREADY_IS_BY_ID,
    /// The base decides before any manifest up to its number is looked at.
    BASE_DECIDES,
    /// A repeated commit first ends the session of the first attempt.
    REPEAT_ENDS_SESSION,
    /// Only parts of older claims are swept.
    SWEEP_BY_CLAIM,
    /// Committed is answered only after the roll-forward.
    ROLL_FORWARD_BEFORE_ANSWER,
    /// Applying a publication touches only what it names or supersedes.
    PUBLISH_TOUCHES_ITS_OWN,
    /// What is shown by a copy is not staged any more when its commit is answered, and of what is replaced the staged one goes
    /// first.
    NOTHING_LEFT_TO_COPY,
    /// Whoever claims has rolled the last commit that isn't a claim forward.
    RECOVERY_ROLLS_FORWARD,

    CUTS_WHERE_SAFE(EngineRule.CUTS_WHERE_SAFE),
    HOLDS_WHILE_DUE(EngineRule.HOLDS_WHILE_DUE),
    FAILURE_DROPS_THE_CUT(EngineRule.FAILURE_DROPS_THE_CUT),
    FORWARD_ONLY(EngineRule.FORWARD_ONLY),
    READS_AGAIN(EngineRule.READS_AGAIN),
    FINISHED_IS_NOT_PLANNED(EngineRule.FINISHED_IS_NOT_PLANNED),
    DROPS_STRAYS(EngineRule.DROPS_STRAYS),
    PUBLISHES_WHOLE(EngineRule.PUBLISHES_WHOLE),
    AWAITS_ANSWERS(EngineRule.AWAITS_ANSWERS),
    OLD_EPOCH_IS_DROPPED(EngineRule.OLD_EPOCH_IS_DROPPED),
    OTHER_HISTORY_IS_DROPPED(EngineRule.OTHER_HISTORY_IS_DROPPED),
    COVERED_IS_DROPPED(EngineRule.COVERED_IS_DROPPED),
    AHEAD_IS_HELD(EngineRule.AHEAD_IS_HELD),
    QUEUE_ACKNOWLEDGED_AFTER_COMMIT(EngineRule.QUEUE_ACKNOWLEDGED_AFTER_COMMIT),
    VOID_IS_TAKEN_BACK(EngineRule.VOID_IS_TAKEN_BACK),
    END_CARRIES_THE_OUTCOME(EngineRule.END_CARRIES_THE_OUTCOME),
    EXTRACTION_ACKNOWLEDGES_THE_DESTINATION(EngineRule.EXTRACTION_ACKNOWLEDGES_THE_DESTINATION),

    /// All lanes are claimed before progress is read.
    CLAIMS_BEFORE_READING,
    /// A refused commit is never sent again under another number.
    NEVER_RENUMBERED,
    /// Unknown is resolved by repeating the identical commit, not by a plain read.
    UNKNOWN_IS_REPEATED,
    /// Acknowledged is what was committed, not what was read (R2).
    ACKNOWLEDGED_AFTER_COMMIT,
    /// … and only as far as it was committed.
    ACKNOWLEDGED_UP_TO_COMMIT,
    /// A new window has a new id: a finished split is never planned again.
    NEW_WINDOW_NEW_ID,
    /// Reject files are durable before the commit that names them.
    REJECTS_BEFORE_COMMIT,
    /// Fragments are durable before the commit that names them (R12).
    FRAGMENTS_BEFORE_COMMIT,
    /// A split is finished by its end alone (R12).
    FINISHED_AT_ITS_END;

    private final Optional<EngineRule> engine;

    Rule() {
        this.engine = Optional.empty();
    }

    Rule(EngineRule engine) {
        this.engine = Optional.of(engine);
    }

    /// The engine's own name for it.
    Optional<EngineRule> engine() {
        return engine;
    }
}
