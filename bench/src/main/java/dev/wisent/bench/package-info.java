/// Measures Wisent against peers in the same run and prints ratios; nothing here asserts. Start reading at [Bench].
package dev.wisent.bench;
