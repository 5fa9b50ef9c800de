package dev.wisent.api.storage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Objects below one place: a folder, or a bucket and a prefix. Paths are relative to that place, with slashes and
/// without a leading one; what [#list] names can be given to every other call. A listing, a get and a find show what
/// the last put, upload or delete that answered has made (all four stores are strongly consistent).
///
/// Many threads may call it. Buffers handed over are read from position to limit and left as they are; they must not
/// change before the call returns.
///
/// Each call throws [StorageFailure]. A failed [#put], [#copy], [Upload#part], [Upload#complete] or [#delete] may still have
/// happened, or happen later, unless the failure is one that refuses ([StorageFailure.Kind#DENIED] and the like).
public interface ObjectStore extends AutoCloseable {
    /// Where it is, for people: no credentials, no query.
    String url();

    /// The next objects of a listing, in the order of their paths' UTF-8 bytes. Unfinished uploads are not
    /// listed, nor names that end in a slash, by which some tools mark folders.
    ListPage list(ListRequest request);

    /// What is known of an object; empty: there is none.
    Optional<ObjectInfo> find(String path);

    /// An object's bytes, or some of them, as they arrive. The caller closes it, early if it likes.
    ///
    /// [StorageFailure.Kind#NOT_FOUND]: there is none. [StorageFailure.Kind#CHANGED]: it has another version than the
    /// request wants.
    ObjectContent get(GetRequest request);

    /// Writes an object, in place of one that is there, in one step: a reader sees the old bytes or the new ones.
    ObjectInfo put(String path, ByteBuffer content);

    /// Writes an object if nobody has the path, in one step and with all its content: of any number of callers exactly
    /// one gets [PutOutcome.Stored], and all others [PutOutcome.Exists] or, when the answer is lost,
    /// [PutOutcome.Unknown].
    ///
    /// A request that may have reached the store is never repeated here: a repetition would be told "exists" of its own
    /// object. The caller repeats, and compares contents to find out whose the object is.
    PutOutcome createIfAbsent(String path, ByteBuffer content);

    /// How long the parts of an [#upload] are best, of at most `wanted` bytes. Where each costs a request it is that; a disk
    /// answers less, so that less waits in memory for the rest of its part.
    default long partBytes(long wanted) {
        return wanted;
    }

    /// Begins an object that is sent in parts. Nobody sees it before [Upload#complete].
    ///
    /// @param partBytes the length of every part but the last, which may be shorter; at least 5 MB for S3
    Upload upload(String path, long partBytes);

    /// Uploads below `prefix` that were begun, by anyone, and neither completed nor aborted. Stores that forget such by
    /// themselves and can't name them answer none.
    List<PendingUpload> pendingUploads(String prefix);

    /// Drops what an unfinished upload has sent. One that is gone already is fine.
    void abort(PendingUpload upload);

    /// Copies an object to another path of this store, in place of one that is there, without sending its bytes through
    /// here. It is there with all its bytes when this returns. Stores take at most 5 GB in one copy.
    ///
    /// [StorageFailure.Kind#NOT_FOUND]: there is no object at `from`; then nothing was changed.
    void copy(String from, String to);

    /// Removes an object. One that is not there is fine.
    void delete(String path);

    /// Gives connections and threads back. Uploads and contents that are open end with a failure.
    @Override
    void close();
}
