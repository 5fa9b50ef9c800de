/// Comparing what a source has with what a target holds: values in one form whatever their type is stored as, and sums of
/// them that don't depend on the order of rows.
package dev.wisent.engine.internal.validate;
