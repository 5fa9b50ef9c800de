package dev.wisent.api.source;

import java.sql.Driver;
import java.util.List;

/// The JDBC drivers that users brought along, each in a class loader of its own. The engine hands it to sources.
@FunctionalInterface
public interface JdbcDrivers {
    /// In no order; opens the plug-ins. The drivers are shared: connections are what is closed.
    List<Driver> all();

    /// Where there are no plug-ins.
    static JdbcDrivers none() {
        return List::of;
    }
}
