package dev.wisent.testkit;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a child ended: exit code, stdout, stderr.
public record ChildResult(int exit, String out, String err) {
    /// 128 + 9, what a shell calls a process that died of SIGKILL.
    public static final int KILLED = 137;

    /// The object `--json` printed.
    public JsonNode json() {
        try {
            return JsonMapper.shared().readTree(out);
        } catch (JacksonException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    /// A number of the only stream's report, like `read`.
    public long count(String key) {
        JsonNode value = json().path("streams").path(0).path(key);
        if (!value.isNumber()) {
            throw new AssertionError("no " + key + " in " + this);
        }
        return value.longValue();
    }

    public String status() {
        return json().path("status").stringValue("");
    }

    /// Like `W4005`; empty when there was no error.
    public String errorCode() {
        return json().path("error").path("code").stringValue("");
    }

    /// Complains with all it knows unless the exit code is `expected`.
    public ChildResult exits(int expected) {
        if (exit != expected) {
            throw new AssertionError("exit " + exit + ", not " + expected + "\n" + out + "\n" + err);
        }
        return this;
    }
}
