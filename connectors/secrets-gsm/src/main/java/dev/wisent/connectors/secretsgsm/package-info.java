/// References like `gsm://name`, looked up in Google Secret Manager. Start reading at
/// [dev.wisent.connectors.secretsgsm.GsmSecretStore].
package dev.wisent.connectors.secretsgsm;
