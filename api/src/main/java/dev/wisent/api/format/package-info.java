/// What a format of files implements whose records carry their types, as Parquet and Avro: one of a family, since it needs
/// libraries. The source that has the files fetches [Pieces] of them and has them decoded. Start reading at [FileFormat].
package dev.wisent.api.format;
