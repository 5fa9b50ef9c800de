package dev.wisent.api.commit;

import dev.wisent.api.StreamState;
import java.util.List;

/// A compare-and-swap: "the lane stands at n − 1 and these splits at `from`; it now stands at n, they at `to`, and
/// these fragments are visible".
/// [Progress] holds the rules.
public sealed interface Commit {
    Head head();

    /// Takes the next number before anything is read or written under it: every older writer's next number is thereby
    /// gone (R5). The only
    /// commit that may be tried again under another number.
    record Claim(Head head, Claimant by) implements Commit {}

    /// Begins a hidden generation. `fingerprint`: what decides its content; `opening`: what the planner needs to cut
    /// the same splits again.
    record Begin(Head head, Generation generation, String fingerprint, StreamState opening) implements Commit {}

    /// Rows and positions into a generation that is open or live. With fragments of kind SESSION it holds one cut, so one
    /// session's.
    record Data(
            Head head,
            GenerationId generation,
            Mode mode,
            List<Advance> advances,
            List<Fragment> fragments,
            Change change)
            implements Commit {
        public Data {
            advances = List.copyOf(advances);
            fragments = List.copyOf(fragments);
        }
    }

    /// Makes a generation the live one, or joins it to it ([Generation.Kind]).
    record Publish(Head head, GenerationId generation) implements Commit {}

    /// Gives a generation up.
    record Drop(Head head, GenerationId generation) implements Commit {}

    /// How rows meet those that are there.
    enum Mode {
        APPEND,
        /// By the target's key: the last row of a key stays, and [deletes][dev.wisent.columnar.RowOp] take it away. In a hidden
        /// generation the rows of that generation are meant.
        MERGE
    }
}
