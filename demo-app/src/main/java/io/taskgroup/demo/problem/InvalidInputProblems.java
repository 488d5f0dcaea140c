package io.taskgroup.demo.problem;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** 400 that names each parameter that is wrong. What else Spring MVC refuses gets Spring's own problem details. */
@RestControllerAdvice
class InvalidInputProblems extends ResponseEntityExceptionHandler {
    private final MessageSource messages;

    InvalidInputProblems(MessageSource messages) {
        this.messages = messages;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<InvalidParameter> parameters = invalid.getFieldErrors().stream()
                .map(error -> new InvalidParameter(error.getField(), messages.getMessage(error, request.getLocale())))
                .sorted(comparing(InvalidParameter::parameter)) // the validator has no order of its own
                .toList();
        return handleExceptionInternal(invalid, problem(status, parameters), headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        List<InvalidParameter> parameters = List.of(new InvalidParameter(parameter(unreadable), "cannot be read"));
        return handleExceptionInternal(unreadable, problem(status, parameters), headers, status, request);
    }

    private static ProblemDetail problem(HttpStatusCode status, List<InvalidParameter> parameters) {
        String detail = parameters.stream().map(InvalidParameter::toSentence).collect(joining("; "));
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("invalid", parameters);
        return problem;
    }

    private static String parameter(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof JacksonException json
                && !json.getPath().isEmpty()) {
            return json.getPath().get(json.getPath().size() - 1).getPropertyName();
        }
        return "body";
    }

    record InvalidParameter(String parameter, String reason) {
        String toSentence() {
            return parameter + " " + reason;
        }
    }
}
