package io.taskgroup;

/** Every rule of the contract, tested on one kind of thread. A subclass says on which. */
abstract class TaskGroupContract extends ThreadKind
        implements Rule01NothingOutlives,
                Rule02OneEndsAll,
                Rule03BodyIsWoken,
                Rule04WhatIsThrown,
                Rule05NoDoubleReport,
                Rule06Noise,
                Rule07Interrupts,
                Rule08WhoMayDoWhat,
                Rule09NeverStarved,
                Rule10Callbacks,
                Rule11Context,
                Rule12Observers,
                Rule13Deadlines,
                Rule14Stragglers,
                Rule16Visibility,
                Rule17Arguments,
                ManyAtOnce,
                LiveTree {}
