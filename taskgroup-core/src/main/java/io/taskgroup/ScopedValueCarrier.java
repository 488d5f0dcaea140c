package io.taskgroup;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Binds scoped values in a task to what they were bound to when it was forked. Outside of a {@code StructuredTaskScope}
 * the JDK does not hand them on. {@code java.lang.ScopedValue} is final from JDK 25 on, and the library's Java 17
 * bytecode cannot name it.
 */
final class ScopedValueCarrier implements ContextCarrier {
    private static final int FINAL_SINCE = 25;

    private final Api api;
    private final List<Object> scopedValues;

    private ScopedValueCarrier(Api api, List<Object> scopedValues) {
        this.api = api;
        this.scopedValues = scopedValues;
    }

    static ContextCarrier of(Object... scopedValues) {
        if (Runtime.version().feature() < FINAL_SINCE) {
            throw new UnsupportedOperationException("scoped values are final from JDK " + FINAL_SINCE
                    + " on and this is JDK " + Runtime.version().feature() + "; carry a thread-local instead");
        }
        Api api = Api.find();
        Objects.requireNonNull(scopedValues, "scopedValues");
        for (int i = 0; i < scopedValues.length; i++) {
            Object value = Objects.requireNonNull(scopedValues[i], "scopedValues[" + i + "]");
            if (!api.type.isInstance(value)) {
                throw new IllegalArgumentException(
                        "scopedValues[" + i + "] is a " + value.getClass().getName() + ", not a java.lang.ScopedValue");
            }
        }
        return new ScopedValueCarrier(api, List.of(scopedValues));
    }

    @Override
    public Captured capture() {
        List<Binding> bindings = new ArrayList<>(scopedValues.size());
        for (Object scopedValue : scopedValues) {
            if (api.isBound(scopedValue)) {
                bindings.add(new Binding(scopedValue, api.get(scopedValue)));
            }
        }
        return new Rebinding(api, bindings);
    }

    private record Binding(Object scopedValue, @Nullable Object value) {}

    private record Rebinding(Api api, List<Binding> bindings) implements Captured {
        @Override
        public <T> T call(Callable<T> task) throws Exception {
            return bindings.isEmpty() ? task.call() : new Run<>(task).inside(api, bindings);
        }
    }

    /** Gets a callable's result out of the only form that a {@code ScopedValue.Carrier} runs on every JDK. */
    private static final class Run<T> implements Runnable {
        private final Callable<T> task;
        private @Nullable T result;
        private @Nullable Throwable thrown;

        Run(Callable<T> task) {
            this.task = task;
        }

        @Override
        public void run() {
            try {
                result = task.call();
            } catch (Throwable failure) {
                thrown = failure;
            }
        }

        @SuppressWarnings("NullAway") // what the task returned; null if that is what it returned
        T inside(Api api, List<Binding> bindings) throws Exception {
            Object carrier = null;
            for (Binding binding : bindings) {
                carrier = api.where(carrier, binding.scopedValue(), binding.value());
            }
            api.run(carrier, this);
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (Exception) thrown;
            }
            return result;
        }
    }

    /** The part of {@code ScopedValue} that is needed here. */
    private record Api(
            Class<?> type,
            MethodHandle isBound,
            MethodHandle get,
            MethodHandle where,
            MethodHandle andWhere,
            MethodHandle run) {

        static Api find() {
            try {
                Class<?> type = Class.forName("java.lang.ScopedValue");
                Class<?> carrier = Class.forName("java.lang.ScopedValue$Carrier");
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                MethodType binds = MethodType.methodType(carrier, type, Object.class);
                return new Api(
                        type,
                        lookup.findVirtual(type, "isBound", MethodType.methodType(boolean.class)),
                        lookup.findVirtual(type, "get", MethodType.methodType(Object.class)),
                        lookup.findStatic(type, "where", binds),
                        lookup.findVirtual(carrier, "where", binds),
                        lookup.findVirtual(carrier, "run", MethodType.methodType(void.class, Runnable.class)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("JDK " + Runtime.version() + " has another java.lang.ScopedValue", e);
            }
        }

        boolean isBound(Object scopedValue) {
            return (boolean) call(isBound, scopedValue);
        }

        Object get(Object scopedValue) {
            return call(get, scopedValue);
        }

        Object where(@Nullable Object carrier, Object scopedValue, @Nullable Object value) {
            return carrier == null ? call(where, scopedValue, value) : call(andWhere, carrier, scopedValue, value);
        }

        void run(@Nullable Object carrier, Runnable task) {
            call(run, carrier, task);
        }

        @SuppressWarnings("NullAway") // a bound value may be null, and run() returns nothing
        private static Object call(MethodHandle method, @Nullable Object... arguments) {
            try {
                return method.invokeWithArguments(arguments);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
