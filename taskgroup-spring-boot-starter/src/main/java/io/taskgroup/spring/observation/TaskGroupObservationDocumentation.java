package io.taskgroup.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of groups and tasks. */
public enum TaskGroupObservationDocumentation implements ObservationDocumentation {
    /** A group, from opening it to its end. It is the current observation of the group's body. */
    GROUP {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return TaskGroupObservationConvention.class;
        }
    },

    /**
     * The run of a task, a child of the observation that was current where the task was forked. Only with
     * {@code taskgroup.observations.tasks=true}.
     */
    TASK {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return TaskObservationConvention.class;
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinalityKeyNames.values();
        }
    };

    @Override
    public KeyName[] getLowCardinalityKeyNames() {
        return LowCardinalityKeyNames.values();
    }

    static String exception(Observation.Context context) {
        Throwable error = context.getError();
        return error == null ? "none" : simpleName(error.getClass());
    }

    /** An anonymous class has no simple name: that of the nearest superclass that has one says more than a number. */
    private static String simpleName(Class<?> type) {
        return type.isAnonymousClass() ? simpleName(type.getSuperclass()) : type.getSimpleName();
    }

    /** The low cardinality keys of groups and tasks. */
    public enum LowCardinalityKeyNames implements KeyName {
        /** The name of the group. */
        GROUP {
            @Override
            public String asString() {
                return "group";
            }
        },

        /**
         * How it ended: {@code success}, {@code failure} or {@code cancelled}, a group also with {@code timeout} or
         * {@code interrupted}; {@code unknown} before the end.
         */
        OUTCOME {
            @Override
            public String asString() {
                return "outcome";
            }
        },

        /**
         * The simple name of the class of what the task threw, or what failed first in a group that did not succeed: a
         * task, else the body; {@code none} if there is none.
         */
        EXCEPTION {
            @Override
            public String asString() {
                return "exception";
            }
        }
    }

    /** The high cardinality keys of tasks. */
    public enum HighCardinalityKeyNames implements KeyName {
        /** The name of the task. */
        TASK {
            @Override
            public String asString() {
                return "task";
            }
        }
    }
}
