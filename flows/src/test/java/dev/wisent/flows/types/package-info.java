/// Every type of every database into every other one: real servers, values compared as texts at both ends. [From] and [Into]
/// are the databases, [Kind] a type with its values; docs/reference/types.md has what is seen.
package dev.wisent.flows.types;
