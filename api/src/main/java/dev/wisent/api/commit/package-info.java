/// What passes between engine and destination: a [Commit] is a compare-and-swap on number and ranges, and [Progress]
/// holds the one set of rules by
/// which every destination decides it. Start reading at [Progress].
package dev.wisent.api.commit;
