package dev.wisent.columnar;

import java.util.List;
import java.util.Objects;

/// The dialect of a CSV input. Defaults are RFC 4180 in UTF-8 with a header.
///
/// @param delimiter between cells; any ASCII byte but the quote, CR, LF, letters, digits, `.`, `+` and `-`
/// @param quote around cells that hold the delimiter, quotes or line breaks
/// @param nullText an unquoted cell that reads so is null; quoted cells never are
/// @param columns names to use instead of those of a header; empty: the header's; without one those of the schema by
///     position, or `column_1`… if it has none
public record CsvOptions(
        byte delimiter, byte quote, Header header, Encoding encoding, String nullText, List<String> columns) {
    public static final CsvOptions DEFAULT =
            new CsvOptions((byte) ',', (byte) '"', Header.PRESENT, Encoding.UTF_8, "", List.of());

    public CsvOptions {
        Objects.requireNonNull(header);
        Objects.requireNonNull(encoding);
        Objects.requireNonNull(nullText);
        columns = List.copyOf(columns);
        if (delimiter == quote || isUnusable(delimiter) || isUnusable(quote)) {
            throw new IllegalArgumentException(
                    "delimiter and quote are two different ASCII characters, neither of them a line break or part of a number");
        }
    }

    /// Whether the first record holds the names of the columns.
    public enum Header {
        PRESENT,
        ABSENT
    }

    /// What the bytes are. A byte order mark at the start always wins over `UTF_8` and the UTF-16 forms.
    public enum Encoding {
        UTF_8,
        UTF_16LE,
        UTF_16BE,
        ISO_8859_1,
        WINDOWS_1252
    }

    private static boolean isUnusable(byte b) {
        return b <= 0 || b == '\n' || b == '\r' || Character.isLetterOrDigit(b) || b == '.' || b == '+' || b == '-';
    }

    public CsvOptions withDelimiter(char character) {
        if (character > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("the delimiter '" + character + "' is not ASCII");
        }
        return new CsvOptions((byte) character, quote, header, encoding, nullText, columns);
    }

    public CsvOptions withHeader(Header newHeader) {
        return new CsvOptions(delimiter, quote, newHeader, encoding, nullText, columns);
    }

    public CsvOptions withEncoding(Encoding newEncoding) {
        return new CsvOptions(delimiter, quote, header, newEncoding, nullText, columns);
    }

    public CsvOptions withNullText(String text) {
        return new CsvOptions(delimiter, quote, header, encoding, text, columns);
    }

    public CsvOptions withColumns(List<String> names) {
        return new CsvOptions(delimiter, quote, header, encoding, nullText, names);
    }
}
