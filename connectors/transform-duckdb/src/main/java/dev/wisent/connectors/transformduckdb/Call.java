package dev.wisent.connectors.transformduckdb;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;

/// A function of C. Pointers, counts, states and flags all go in and out as `long`, and nothing comes back as 0.
record Call(MethodHandle handle) {
    @SuppressWarnings("restricted") // the launcher enables native access
    static Call of(SymbolLookup symbols, String name, FunctionDescriptor shape) {
        MethodHandle handle = Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), shape);
        MethodType longs = MethodType.methodType(
                long.class, Collections.nCopies(shape.argumentLayouts().size(), long.class));
        return new Call(MethodHandles.explicitCastArguments(handle, longs));
    }

    long with() {
        try {
            return (long) handle.invokeExact();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    long with(long a) {
        try {
            return (long) handle.invokeExact(a);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    long with(long a, long b) {
        try {
            return (long) handle.invokeExact(a, b);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    long with(long a, long b, long c) {
        try {
            return (long) handle.invokeExact(a, b, c);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    long with(long a, long b, long c, long d) {
        try {
            return (long) handle.invokeExact(a, b, c, d);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(Throwable e) {
        return new IllegalStateException("a function of DuckDB's library can't be called", e);
    }
}
