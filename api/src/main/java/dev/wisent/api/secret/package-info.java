/// Where references like `gsm://name` in a configuration are looked up.
package dev.wisent.api.secret;
