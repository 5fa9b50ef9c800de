/// The `file` destination: NDJSON or CSV parts in a folder, or one file, exactly once. What happened is decided by
/// `manifest-<n>` in `.wisent/`,
/// created if absent; names outside it follow ([Visible]). Start reading at [FileDestination#commit].
package dev.wisent.connectors.core.file;
