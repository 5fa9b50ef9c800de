/// Tests of what database families share.
package dev.wisent.connectors.sql;
