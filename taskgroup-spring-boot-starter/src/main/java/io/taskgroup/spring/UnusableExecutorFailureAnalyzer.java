package io.taskgroup.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at startup, in place of a stack trace, why {@code taskgroup.executor} cannot be followed and what to do. */
final class UnusableExecutorFailureAnalyzer extends AbstractFailureAnalyzer<UnusableExecutorException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableExecutorException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
    }
}
