/// What several of these connectors share.
package dev.wisent.connectors.core.internal;
