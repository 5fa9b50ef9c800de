package dev.wisent.engine.internal.sim;

/// The rules of the contract that a test can switch off, to show that a seed fails without each.
enum Rule {
    /// A commit's number is the lane's last + 1: the fence.
    NUMBER_FOLLOWS,
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
    /// Whoever claims has rolled the last commit that isn't a claim forward.
    RECOVERY_ROLLS_FORWARD
}
