/// What a destination implements. Writers make fragments that nobody sees, [Destination#commit] makes them visible
/// together with the positions they
/// cover. Start reading at [Destination].
package dev.wisent.api.destination;
