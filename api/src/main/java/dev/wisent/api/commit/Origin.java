package dev.wisent.api.commit;

/// Which extraction of which history a lane stands under. Numbers begin anew wherever a destination begins anew, ids never come
/// twice: two destinations, or one before and after it was emptied, differ in `history`; a destination that was brought back to
/// an earlier state differs in `extraction`.
///
/// @param history the id of the lane's first commit
/// @param extraction the id of its last [Role#READ] claim
public record Origin(CommitId history, CommitId extraction) {}
