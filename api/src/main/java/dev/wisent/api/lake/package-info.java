/// What people do with a table of a lake between runs: look at its versions, put small files together, remove files nobody
/// needs any more.
package dev.wisent.api.lake;
