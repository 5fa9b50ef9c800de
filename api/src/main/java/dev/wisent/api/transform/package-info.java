/// What a transform implements: a step between decoder and writer that changes rows. [TransformFactory] reads its
/// configuration, [Transform] is the configured step, each worker works with a [TransformStep] of its own.
///
/// Equal rows give equal rows: what a step makes of a row depends on that row and on the configuration alone, never on
/// the rows beside it, on a clock or on chance. After a crash the same input is cut into other batches, and must give
/// the same output.
package dev.wisent.api.transform;
