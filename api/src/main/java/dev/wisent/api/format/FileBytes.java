package dev.wisent.api.format;

/// The bytes of one file in the state it was listed in, read from any place. One thread. Reading on where the last read
/// ended costs no new request.
public interface FileBytes {
    /// Its path or URL, for messages.
    String where();

    long size();

    /// Exactly the bytes `[from, from + length)`, in an array of the caller's own.
    byte[] read(long from, int length);
}
