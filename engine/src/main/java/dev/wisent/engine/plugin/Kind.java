package dev.wisent.engine.plugin;

import dev.wisent.api.destination.DestinationFactory;
import dev.wisent.api.format.FileFormat;
import dev.wisent.api.queue.QueueFactory;
import dev.wisent.api.secret.SecretStore;
import dev.wisent.api.source.SourceFactory;
import dev.wisent.api.state.StateStoreFactory;
import dev.wisent.api.storage.ObjectStoreFactory;
import dev.wisent.api.transform.TransformFactory;
import java.sql.Driver;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A kind of part that may come from a family or a plug-in.
///
/// @param word what it is called in messages and in a family's index: `source`
/// @param type what a part of this kind implements, found by `java.util.ServiceLoader`
/// @param name how a factory is named in a configuration
/// @param summary its one line for people
public record Kind<F>(String word, Class<F> type, Function<F, String> name, Function<F, String> summary) {
    public static final Kind<SourceFactory> SOURCE =
            new Kind<>("source", SourceFactory.class, SourceFactory::name, SourceFactory::summary);

    public static final Kind<DestinationFactory> DESTINATION =
            new Kind<>("destination", DestinationFactory.class, DestinationFactory::name, DestinationFactory::summary);

    public static final Kind<TransformFactory> TRANSFORM =
            new Kind<>("transform", TransformFactory.class, TransformFactory::name, TransformFactory::summary);

    /// SQLite's are built in and not among them.
    public static final Kind<StateStoreFactory> STATE_STORE =
            new Kind<>("state-store", StateStoreFactory.class, StateStoreFactory::name, StateStoreFactory::summary);

    public static final Kind<SecretStore> SECRET_STORE =
            new Kind<>("secret-store", SecretStore.class, SecretStore::scheme, SecretStore::summary);

    /// Local disk is built in and not among them.
    public static final Kind<ObjectStoreFactory> OBJECT_STORE =
            new Kind<>("object-store", ObjectStoreFactory.class, ObjectStoreFactory::name, ObjectStoreFactory::summary);

    /// Of files; those of text are built in and not among them.
    public static final Kind<FileFormat> FILE_FORMAT =
            new Kind<>("file-format", FileFormat.class, FileFormat::name, FileFormat::summary);

    /// `memory` is built in and not among them.
    public static final Kind<QueueFactory> QUEUE =
            new Kind<>("queue", QueueFactory.class, QueueFactory::name, QueueFactory::summary);

    /// A user's; those of Wisent's own libraries are not offered to pipelines.
    public static final Kind<Driver> JDBC_DRIVER =
            new Kind<>("jdbc-driver", Driver.class, driver -> driver.getClass().getName(), driver -> "a JDBC driver");

    /// What makes a jar a plug-in.
    public static List<Kind<?>> ofPlugins() {
        return Stream.concat(all().stream(), Stream.of(JDBC_DRIVER)).toList();
    }

    /// The kinds Wisent itself has parts of.
    public static List<Kind<?>> all() {
        return List.of(SOURCE, DESTINATION, TRANSFORM, STATE_STORE, SECRET_STORE, OBJECT_STORE, FILE_FORMAT, QUEUE);
    }

    @Override
    public String toString() {
        return word;
    }
}
