package io.taskgroup.benchmarks;

import java.util.Optional;
import java.util.StringJoiner;

/** How the JVM of a measurement is set up. */
enum Setting {
    /** The owner is a virtual thread, and there is one carrier: no thread is woken, so this is the quiet setting, to judge by. */
    ONE_CARRIER("one carrier", "-Djmh.executor=VIRTUAL", "-Djdk.virtualThreadScheduler.parallelism=1"),
    /** The owner is a virtual thread, and there are as many carriers as CPUs. */
    ALL_CARRIERS("all carriers", "-Djmh.executor=VIRTUAL"),
    /** The owner is a platform thread, which waits for virtual ones. */
    PLATFORM_OWNER("owner on a platform thread"),
    /** The owner is a platform thread on JDK 17. */
    JDK_17("JDK 17"),
    /** A heap that has room for a million threads. */
    WIDE_HEAP("wide heap", "-Djmh.executor=VIRTUAL");

    /** The home of the JDK 17 that {@link #JDK_17} measures on. */
    static final String JDK_17_HOME = "taskgroup.benchmarks.jdk17";

    /** Without a fixed and touched heap the same benchmark reads many times slower, and jumps. */
    private static final String HEAP = "-Xms1g -Xmx1g -Xmn600m -XX:+AlwaysPreTouch";

    private static final String HEAP_FOR_MILLIONS = "-Xms4g -Xmx4g -Xmn1g";

    private final String label;
    private final String arguments;

    Setting(String label, String... arguments) {
        this.label = label;
        this.arguments = String.join(" ", arguments);
    }

    String label() {
        return label;
    }

    String[] jvmArguments() {
        StringJoiner all = new StringJoiner(" ").add(this == WIDE_HEAP ? HEAP_FOR_MILLIONS : HEAP);
        if (this != JDK_17) {
            all.add("--enable-preview"); // StructuredTaskScope
        }
        return all.add(arguments).toString().trim().split(" ");
    }

    /** Returns the home of the JDK to run on, if it is not the one at hand. */
    Optional<String> javaHome() {
        return this == JDK_17 ? Optional.ofNullable(System.getProperty(JDK_17_HOME)) : Optional.empty();
    }
}
