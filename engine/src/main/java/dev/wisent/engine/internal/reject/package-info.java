/// Dead letters: rejects as NDJSON files, durable before the commit that names them.
package dev.wisent.engine.internal.reject;
