package dev.wisent.engine.internal.queue;

import dev.wisent.api.LaneId;
import dev.wisent.api.SplitId;
import dev.wisent.api.commit.Commit;
import dev.wisent.api.commit.CommitJson;
import dev.wisent.api.commit.Origin;
import dev.wisent.engine.internal.run.Strands;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// One step of a strand.
///
/// @param seq its number in the strand, from 1 without gaps; an [Kind#END] has the number of the strand's last cut
/// @param payload bytes of an array, often a part of the message they came in; nobody changes them or moves its position
record Entry(Strand strand, long seq, Kind kind, ByteBuffer payload) {
    Entry(Strand strand, long seq, Kind kind, byte[] payload) {
        this(strand, seq, kind, ByteBuffer.wrap(payload));
    }

    enum Kind {
        /// Rows, in the order they were made.
        ROWS,
        /// The rows since the last cut are these ranges: a [dev.wisent.api.commit.Commit.Data] as JSON.
        CUT,
        /// The rows since the last cut are void.
        VOID,
        /// Nothing follows the strand's last cut: an [End].
        END
    }

    /// What an entry of the kind [Kind#CUT] says.
    Commit.Data cut() {
        return (Commit.Data) CommitJson.parse(text());
    }

    /// What an entry of the kind [Kind#END] says.
    End end() {
        return End.of(text());
    }

    private String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    int length() {
        return payload.remaining();
    }

    /// Which strand of which extraction.
    ///
    /// @param epoch the number of the extraction's claim on the lane
    /// @param origin what tells the extraction from one with the same number that another destination knows
    /// @param of how many strands the lane has in this extraction
    record Strand(String job, LaneId lane, long epoch, Origin origin, int number, int of) {
        SplitId split() {
            return Strands.of(lane, epoch, number);
        }
    }
}
