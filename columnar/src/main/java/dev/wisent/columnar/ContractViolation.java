package dev.wisent.columnar;

/// A record broke a contract that says `freeze`: the run ends. The message names the column and what did not fit.
public final class ContractViolation extends RuntimeException {
    private final transient Place place;
    private final String column;

    public ContractViolation(Place place, String column, String message) {
        super(message);
        this.place = place;
        this.column = column;
    }

    /// Where the record begins that broke it.
    public Place place() {
        return place;
    }

    /// The column, dotted when nested.
    public String column() {
        return column;
    }
}
