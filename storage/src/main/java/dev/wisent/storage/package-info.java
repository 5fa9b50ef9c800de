/// What all object stores share: [StoreUrls] reads URLs, [Stores] opens a store and puts around it what makes it steady
/// ([SteadyStore]: retries, streams that go on after a break) and relative ([PlacedStore]). [LocalStore] is the one on
/// disk; the others are families. [ObjectOutput] writes an object in parts, [Creation] creates one whatever answers get
/// lost, [CreateProbe] finds out whether a store can be trusted with that.
///
/// Start reading at [Stores].
package dev.wisent.storage;
