/// What crash-safety tests are made of: commands in JVMs of their own that are killed, stopped and woken ([ChildCommand]), the
/// combinations worth killing ([KillPlan]), and a reader of output folders that shares no code with the connector
/// ([FolderOracle]).
package dev.wisent.testkit;
