/// The loaders behind [dev.wisent.engine.plugin.Catalog], and the places it looks in.
package dev.wisent.engine.internal.plugin;
