/// What every connector must hold, as tests that the author of one inherits: [DestinationContract] for a destination that is
/// exactly once, [BatchDestinationContract] for one that only takes batches, [SourceContract] for any source. An author says
/// how one is opened and reads with own means what is there; [Configured] makes connectors from the keys a pipeline would
/// have.
package dev.wisent.testkit.connector;
