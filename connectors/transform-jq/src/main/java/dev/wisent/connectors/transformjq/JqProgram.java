package dev.wisent.connectors.transformjq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wisent.api.error.ErrorCode;
import dev.wisent.api.error.WisentException;
import java.io.StringReader;
import java.util.Set;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Output;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserConstants;
import net.thisptr.jackson.jq.internal.javacc.ExpressionParserTokenManager;
import net.thisptr.jackson.jq.internal.javacc.SimpleCharStream;
import net.thisptr.jackson.jq.internal.javacc.Token;

/// A compiled jq 1.7 program that gives equal records equal results. One thread.
final class JqProgram {
    private static final Version VERSION = Versions.JQ_1_7;
    /// What depends on the clock, the machine, or on other records than the one at hand: a replay would differ.
    private static final Set<String> VOLATILE = Set.of(
            "now",
            "localtime",
            "strflocaltime",
            "input",
            "inputs",
            "input_line_number",
            "input_filename",
            "env",
            "ENV",
            "debug",
            "stderr",
            "halt",
            "halt_error",
            "get_search_list",
            "$__loc__",
            "import",
            "include");

    private final String text;
    private final JsonQuery query;
    private final Scope scope;

    private JqProgram(String text, JsonQuery query) {
        this.text = text;
        this.query = query;
        this.scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(JqProgram.class.getClassLoader(), VERSION, scope);
    }

    /// Throws [ErrorCode#TRANSFORM_INVALID] when it is no program, or a volatile one.
    static JqProgram compile(String text) {
        try {
            refuseVolatile(text);
            return new JqProgram(text, JsonQuery.compile(text, VERSION));
        } catch (JsonQueryException | Error e) {
            throw invalid("the jq program can't be read: " + firstLine(e), text)
                    .hint("try it with jq itself, or see https://jqlang.org/manual/v1.7")
                    .causedBy(e);
        }
    }

    private static void refuseVolatile(String text) {
        ExpressionParserTokenManager tokens =
                new ExpressionParserTokenManager(new SimpleCharStream(new StringReader(text)));
        for (Token token = tokens.getNextToken();
                token.kind != ExpressionParserConstants.EOF;
                token = tokens.getNextToken()) {
            boolean name = token.kind == ExpressionParserConstants.IDENTIFIER
                    || token.kind == ExpressionParserConstants.KEYWORD_IMPORT
                    || token.kind == ExpressionParserConstants.KEYWORD_INCLUDE;
            if (name && VOLATILE.contains(token.image)) {
                throw invalid(
                                "'" + token.image
                                        + "' can't be used: the same record must give the same result when it is read again",
                                text)
                        .hint("use what is in the record; what time it was loaded is in the envelope's columns");
            }
        }
    }

    private static WisentException invalid(String what, String text) {
        return WisentException.of(ErrorCode.TRANSFORM_INVALID, what).tried("jq: " + text);
    }

    /// Runs it on an empty record, so that a name nobody defined is found before any row.
    void tryOut() {
        try {
            run(JsonNodeFactory.instance.objectNode(), result -> {});
        } catch (JsonQueryException e) {
            String why = firstLine(e);
            if (why.contains("does not exist") || why.contains("is not defined")) {
                throw invalid("the jq program uses what there is not: " + why, text)
                        .hint("see https://jqlang.org/manual/v1.7 for the functions")
                        .causedBy(e);
            }
        }
    }

    void run(JsonNode record, Output out) throws JsonQueryException {
        query.apply(Scope.newChildScope(scope), record, out);
    }

    static String firstLine(Throwable e) {
        String message = String.valueOf(e.getMessage()).strip();
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
