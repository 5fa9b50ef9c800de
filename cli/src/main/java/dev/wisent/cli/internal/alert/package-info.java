/// Tells a chat channel how runs end. Start reading at [Alerts].
package dev.wisent.cli.internal.alert;
