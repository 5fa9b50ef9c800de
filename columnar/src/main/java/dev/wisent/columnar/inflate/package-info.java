/// Deflate streams (RFC 1951) to bytes: in Java, or faster by ISA-L where that library is installed. What wraps them, gzip's
/// members or a Parquet page, is the caller's.
///
/// Start reading at [Inflation].
package dev.wisent.columnar.inflate;
