/// Pipelines over several families: from topics, and through brokers, into files and tables. Real brokers and servers, runs in
/// JVMs of their own. [Target] is where the rows go.
package dev.wisent.flows;
