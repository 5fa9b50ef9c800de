/// What crash-safety tests are made of: commands in JVMs of their own that are killed, stopped and woken ([ChildCommand]), the
/// combinations worth killing ([KillPlan]), and a reader of output folders that shares no code with the connector
/// ([FolderOracle]). The contracts of connectors are in [dev.wisent.testkit.connector], networks that fail in
/// [dev.wisent.testkit.fault].
package dev.wisent.testkit;
