/// What stands between extraction and loading: lanes of messages that outlive both. A queue moves bytes and knows nothing of
/// them; what a message means, which ones are taken, and when one is acknowledged, is the engine's matter. Start reading at
/// [MessageQueue].
package dev.wisent.api.queue;
