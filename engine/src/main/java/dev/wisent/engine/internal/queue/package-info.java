/// A queue between two engines. Extraction is a run whose destination is the queue ([ExtractDestination]); loading is a run
/// whose source is the queue ([FeedSource], fed by a [LaneFeed]) and whose commits say what the messages said
/// ([LoadDestination]). So
/// everything that makes a run exact makes each half exact, and queues differ only in how they keep messages.
///
/// Each worker of an extraction makes one strand of entries for each lane it serves, numbered without gaps: rows, then a cut
/// that says which ranges they were. The loader's place in a strand is a position like that of any split
/// ([dev.wisent.engine.internal.run.Strands]): it is part
/// of the commit that makes the rows visible. Start reading at [LaneLoader] and [Extraction].
package dev.wisent.engine.internal.queue;
