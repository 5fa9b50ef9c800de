package dev.wisent.columnar;

/// Makes decoders. `docs/formats.md` lists what each does with every input.
public final class Decoders {
    private Decoders() {}

    /// JSON values divided by line ends.
    public static ByteDecoder ndjson(DecoderOptions options) {
        throw new UnsupportedOperationException("ndjson");
    }

    /// One JSON document of any size, of which only the current record is held.
    public static ByteDecoder jsonDocument(DecoderOptions options, RecordsPath path) {
        throw new UnsupportedOperationException("json");
    }

    /// CSV as in RFC 4180.
    public static ByteDecoder csv(DecoderOptions options, CsvOptions csv) {
        throw new UnsupportedOperationException("csv");
    }
}
