package io.taskgroup.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/** What a native image has to keep for the core, whose Java 17 bytecode reaches virtual threads by reflection only. */
final class VirtualThreadHints implements RuntimeHintsRegistrar {
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection()
                .registerType(Thread.class, type -> type.withMethod("ofVirtual", List.of(), ExecutableMode.INVOKE))
                .registerTypeIfPresent(
                        classLoader,
                        "java.lang.Thread$Builder",
                        type -> type.withMethod(
                                        "name", TypeReference.listOf(String.class, long.class), ExecutableMode.INVOKE)
                                .withMethod("factory", List.of(), ExecutableMode.INVOKE));
    }
}
