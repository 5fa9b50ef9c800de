/// Delta Kernel, the library that reads tables' logs, over Wisent's object stores.
package dev.wisent.connectors.delta.kernel;
