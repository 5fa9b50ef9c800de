/// Where sources, destinations and other parts come from, and how they are opened: from Wisent itself (the class path), from a
/// family (a folder `connectors/<name>/` of jars, opened when a configuration names something of it), or from a plug-in (a
/// user's jar). Each family and each plug-in has a class loader of its own, which sees the JDK, `dev.wisent.api`,
/// `dev.wisent.columnar`, its own jars, and libraries with native code that the whole process has once; a family without
/// Jackson is lent Wisent's. Start reading at [Catalog].
package dev.wisent.engine.plugin;
