/// What decoders and encoders share: words of eight bytes, the calendar, and the road of a record from bytes to a batch.
/// Nothing here is API.
package dev.wisent.columnar.internal;
