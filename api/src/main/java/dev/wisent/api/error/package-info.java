/// How a failure is told: [WisentException] carries a stable [ErrorCode], what happened, where, what was tried, a
/// hint and the next command.
package dev.wisent.api.error;
