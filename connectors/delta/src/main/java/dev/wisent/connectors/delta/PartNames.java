package dev.wisent.connectors.delta;

import dev.wisent.api.destination.WriteRequest;
import dev.wisent.connectors.delta.table.Application;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of data files: never the same twice, for run, claim, worker and a counter make it so (R7), and all files of a claim
/// are found by one prefix. They lie flat in the table's folder, partitioned or not: the log says which partition a file is
/// of.
final class PartNames {
    private static final Pattern PART = Pattern.compile("part-([0-9a-f]+)-c(\\d{12,})-.*");

    private PartNames() {}

    /// What the names of all files of an application begin with.
    static String prefix(Application application) {
        return "part-" + application.shortId() + "-c";
    }

    /// What the names of all files of an application's claim begin with. They lie in the order of claims.
    static String prefix(Application application, long claim) {
        return prefix(application) + "%012d-".formatted(claim);
    }

    static String of(Application application, WriteRequest request, long counter, String codec) {
        return prefix(application, request.claim())
                + "%s-w%d-%d.%s.parquet"
                        .formatted(
                                request.run().value().replaceAll("[^A-Za-z0-9._-]", "_"),
                                request.worker(),
                                counter,
                                codec);
    }

    /// Whether a file is another application's.
    static boolean isAnothers(Application application, String path) {
        Matcher part = PART.matcher(path);
        return part.matches() && !part.group(1).equals(application.shortId());
    }

    /// Whether a file was written under `claim` or a later one of the application.
    static boolean isSince(Application application, long claim, String path) {
        Matcher part = PART.matcher(path);
        return part.matches() && part.group(1).equals(application.shortId()) && Long.parseLong(part.group(2)) >= claim;
    }
}
