package dev.wisent.cli.internal.console;

/// How far a stream is, while it runs.
///
/// @param rows read so far, ahead of what is committed
public record StreamSnapshot(String stream, long rows, long bytes, long rejects, long commits, double seconds) {
    String line() {
        String rejected = rejects == 0 ? "" : ", " + Amounts.count(rejects, "reject");
        return stream + "  " + Amounts.count(rows, "row") + ", " + Amounts.perSecond(rows, seconds) + " rows/s, "
                + Amounts.megabytesPerSecond(bytes, seconds) + " MB/s, " + Amounts.count(commits, "commit") + rejected;
    }
}
