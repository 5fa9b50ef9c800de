package dev.wisent.storage;

import dev.wisent.api.storage.GetRequest;
import dev.wisent.api.storage.ObjectContent;
import dev.wisent.api.storage.ObjectInfo;
import dev.wisent.api.storage.ObjectStore;
import dev.wisent.api.storage.StorageFailure;
import dev.wisent.api.storage.StorageFailure.Kind;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/// What stores that are reached by HTTP have in common.
public final class Http {
    /// The status of a range that begins behind the object's end.
    public static final int NO_RANGE = 416;

    private Http() {}

    /// What a status that is no success means, where the store has no finer word for it.
    public static Kind kind(int status) {
        return switch (status) {
            case 401, 403, 407 -> Kind.DENIED;
            case 404 -> Kind.NOT_FOUND;
            case 304, 412 -> Kind.CHANGED;
            case 408, 425, 429, 500, 502, 503, 504 -> Kind.UNAVAILABLE;
            default -> Kind.REFUSED;
        };
    }

    /// The whole object's size, of an answer that may hold a range of it.
    ///
    /// @param contentRange the header: `bytes 3-6/10`
    /// @param contentLength what is used if there is none
    public static long wholeSize(Optional<String> contentRange, long contentLength) {
        return contentRange
                .map(text -> text.substring(text.indexOf('/') + 1))
                .filter(total -> !total.equals("*"))
                .map(Long::parseLong)
                .orElse(contentLength);
    }

    /// The answer to a range that begins behind the end of an object: no bytes of it.
    public static ObjectContent nothing(ObjectStore store, GetRequest request) {
        ObjectInfo there = store.find(request.path())
                .orElseThrow(() ->
                        StorageFailure.of(Kind.NOT_FOUND, "there is no such object", Urls.of(store, request.path())));
        if (request.version().filter(wanted -> !wanted.equals(there.version())).isPresent()) {
            throw StorageFailure.of(Kind.CHANGED, "the object was replaced", Urls.of(store, request.path()));
        }
        return new ObjectContent(there, InputStream.nullInputStream());
    }

    /// Whether the request certainly did not reach the store: there was no connection.
    public static boolean neverSent(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof UnresolvedAddressException
                        || cause instanceof SSLHandshakeException
                        // Libraries have their own for this one; none is an IOException of the JDK's.
                        || cause.getClass().getSimpleName().equals("ConnectTimeoutException")
                        || cause.getClass().getSimpleName().equals("HttpConnectTimeoutException"));
    }

    /// In words, with the first cause's where that says more.
    public static String message(Throwable failure) {
        Throwable root = causes(failure).reduce(failure, (first, last) -> last);
        String own = String.valueOf(failure.getMessage());
        String deeper = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String named = root instanceof UnknownHostException ? "unknown host " + deeper : deeper;
        return own.contains(deeper) || failure.getCause() == null ? own : own + " (" + named + ")";
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
