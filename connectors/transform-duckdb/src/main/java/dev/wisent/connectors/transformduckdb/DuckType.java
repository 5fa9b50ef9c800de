package dev.wisent.connectors.transformduckdb;

import java.util.ArrayList;
import java.util.List;

/// A type as DuckDB describes it: `DECIMAL(12,2)`, `STRUCT(a INTEGER, "b c" VARCHAR[])`.
///
/// @param name in capitals: `INTEGER`, `STRUCT`, `MAP`, `LIST`, `ARRAY`
/// @param fields of a struct: their names
/// @param parts of a struct, list, array or map: what it is made of
/// @param numbers what stands in brackets after other types
record DuckType(String name, List<String> fields, List<DuckType> parts, List<Integer> numbers) {
    static DuckType parse(String text) {
        return new Parser(text).type();
    }

    private static DuckType plain(String name) {
        return new DuckType(name, List.of(), List.of(), List.of());
    }

    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        DuckType type() {
            skip();
            DuckType type = bare();
            while (accept('[')) {
                boolean list = accept(']');
                while (!list && !accept(']')) {
                    at++;
                }
                type = new DuckType(list ? "LIST" : "ARRAY", List.of(), List.of(type), List.of());
            }
            return type;
        }

        private DuckType bare() {
            String name = peek() == '"' ? identifier() : words();
            if (!accept('(')) {
                return plain(name);
            }
            List<String> fields = new ArrayList<>();
            List<DuckType> parts = new ArrayList<>();
            List<Integer> numbers = new ArrayList<>();
            while (!accept(')')) {
                switch (name) {
                    case "STRUCT", "UNION" -> {
                        fields.add(identifier());
                        parts.add(type());
                    }
                    case "MAP" -> parts.add(type());
                    case "DECIMAL" -> numbers.add(Integer.parseInt(words()));
                    default -> skipOne();
                }
                accept(',');
                skip();
            }
            return new DuckType(name, fields, parts, numbers);
        }

        /// Something in brackets nobody asks for: the values of an enum.
        private void skipOne() {
            if (peek() == '\'') {
                at = text.indexOf('\'', at + 1);
            }
            at++;
        }

        private String identifier() {
            skip();
            if (!accept('"')) {
                int from = at;
                while (at < text.length() && " (),[".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                return text.substring(from, at);
            }
            StringBuilder name = new StringBuilder();
            while (true) {
                int quote = text.indexOf('"', at);
                name.append(text, at, quote);
                at = quote + 1;
                if (!accept('"')) {
                    break;
                }
                name.append('"');
            }
            return name.toString();
        }

        private String words() {
            skip();
            int from = at;
            while (at < text.length() && "(),[".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at).strip();
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private boolean accept(char c) {
            if (peek() == c) {
                at++;
                return true;
            }
            return false;
        }

        private void skip() {
            while (peek() == ' ') {
                at++;
            }
        }
    }
}
