/// Topics as a destination, exactly once. The rows of a cut wait in memory; its commit sends them and a record of the progress
/// in one transaction of its lane's one producer ([dev.wisent.connectors.kafka.load.Pen]). Whoever claims a lane takes its
/// pen: the brokers end what an older producer of the same transactional id had open, and refuse all it sends later. So what
/// [dev.wisent.connectors.kafka.load.ProgressLog] reads of the lane then is the truth until somebody else takes the pen. The
/// progress of all lanes is in one partition, so that everybody sees their commits in one order. What concerns the whole
/// stream is committed by the first lane.
package dev.wisent.connectors.kafka.load;
