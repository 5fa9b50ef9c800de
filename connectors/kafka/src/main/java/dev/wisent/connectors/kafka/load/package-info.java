/// Topics as a destination, exactly once. The rows of a cut wait in memory; its commit sends them and a record of the progress
/// in one transaction of the stream's one producer ([dev.wisent.connectors.kafka.load.Pen]). Whoever claims takes the pen:
/// the brokers end what an older producer of the same transactional id had open, and refuse all it sends later. So what
/// [dev.wisent.connectors.kafka.load.ProgressLog] reads then is the truth until somebody else takes the pen.
package dev.wisent.connectors.kafka.load;
