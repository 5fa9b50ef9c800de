/// Transforms between decoder and shaper. [TransformChain] takes a batch through all steps and keeps the ledger;
/// the built-in steps are [BuiltIn]s, each a [ColumnPlan] for a schema.
package dev.wisent.engine.internal.transform;
