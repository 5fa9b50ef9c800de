package dev.wisent.connectors.core.file;

/// Where the bytes of one staged part go: calls come one after the other, from ship threads. Failures are
/// [dev.wisent.api.error.WisentException]s.
interface PartFile {
    void write(byte[] data, int length);

    /// All of it is durable when it returns; its name will be, before a commit names it.
    void seal();

    /// It is not needed. What can't be removed is left to the next run's sweep.
    void discard();
}
