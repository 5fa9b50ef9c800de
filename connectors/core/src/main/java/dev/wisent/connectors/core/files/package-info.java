/// The `files` source: NDJSON, JSON and CSV files on disk or in object stores, plain, gzip or zstd. A split is one file in one
/// state; its name tells a rewritten file from the finished names alone. Start reading at [FilesSource], then
/// [FilePlanner],
/// [FileReader] and [FileDecoder].
package dev.wisent.connectors.core.files;
