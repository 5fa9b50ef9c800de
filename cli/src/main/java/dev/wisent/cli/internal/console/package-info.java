/// What reaches people. [Console] is the only class of the project that prints: results on stdout, talk on stderr, secrets
/// masked in both (R14).
package dev.wisent.cli.internal.console;
