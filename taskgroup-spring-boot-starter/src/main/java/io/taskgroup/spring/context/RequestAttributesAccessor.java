package io.taskgroup.spring.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestAttributesThreadLocalAccessor;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The request's own attributes. Spring's {@link RequestAttributesThreadLocalAccessor} gives a snapshot instead, because it
 * cannot know whether the request is still there; a task ends before its group and so before the request. And what is
 * put back after a task that ran on the request's own thread must be the original.
 */
final class RequestAttributesAccessor implements ThreadLocalAccessor<RequestAttributes> {
    @Override
    public Object key() {
        return RequestAttributesThreadLocalAccessor.KEY;
    }

    @Override
    public @Nullable RequestAttributes getValue() {
        return RequestContextHolder.getRequestAttributes();
    }

    @Override
    public void setValue(RequestAttributes attributes) {
        RequestContextHolder.setRequestAttributes(attributes);
    }

    @Override
    public void setValue() {
        RequestContextHolder.resetRequestAttributes();
    }
}
