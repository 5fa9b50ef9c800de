package dev.wisent.engine;

import dev.wisent.api.destination.Capabilities;
import dev.wisent.api.source.Traits;

/// Which guarantee a pipeline has, and why: what `check` prints.
public record Guarantee(Kind kind, String why) {
    public enum Kind {
        EXACTLY_ONCE,
        AT_LEAST_ONCE
    }

    public static Guarantee of(Traits source, Capabilities destination) {
        if (destination.guarantee() == Capabilities.Guarantee.AT_LEAST_ONCE) {
            return new Guarantee(
                    Kind.AT_LEAST_ONCE,
                    "the destination keeps no progress: after a crash, rows since the last commit come again");
        }
        return switch (source.replay()) {
            case EXACT ->
                new Guarantee(
                        Kind.EXACTLY_ONCE,
                        "positions are part of each commit, and the source gives the same records again");
            case PREFIX ->
                new Guarantee(
                        Kind.EXACTLY_ONCE, "positions are part of each commit; what is committed is never read again");
            case BY_ID ->
                new Guarantee(
                        Kind.EXACTLY_ONCE,
                        "records are acknowledged after their commit, which keeps the ids of the last ones: one that is delivered again is left out");
            case REDELIVERY ->
                new Guarantee(
                        Kind.AT_LEAST_ONCE,
                        "records are acknowledged after their commit, and the source may deliver again what was committed last");
        };
    }
}
