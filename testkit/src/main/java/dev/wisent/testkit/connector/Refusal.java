package dev.wisent.testkit.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wisent.api.error.WisentException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/// How a failure has to be told.
final class Refusal {
    private Refusal() {}

    /// It says what is wrong, and holds none of the secrets, not even in a cause.
    static void isTold(Throwable failure, List<String> secrets) {
        assertThat(failure.getMessage()).isNotBlank();
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        String told = failure instanceof WisentException ours
                ? all + ours.what() + ours.where() + ours.tried() + ours.hint() + ours.next()
                : all.toString();
        assertThat(secrets).as("secrets told by %s", told).noneMatch(told::contains);
    }
}
