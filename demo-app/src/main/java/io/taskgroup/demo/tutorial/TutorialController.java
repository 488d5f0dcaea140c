package io.taskgroup.demo.tutorial;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/tutorial", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tutorial")
class TutorialController {
    private final Tutorial tutorial;

    TutorialController(Tutorial tutorial) {
        this.tutorial = tutorial;
    }

    @GetMapping("/basic")
    @Operation(summary = "Two tasks together")
    TutorialRun basic() throws InterruptedException {
        return tutorial.basic();
    }

    @GetMapping("/failure")
    @Operation(summary = "One task fails, its sibling is cancelled")
    TutorialRun failure() throws InterruptedException {
        return tutorial.failure();
    }

    @GetMapping("/results")
    @Operation(summary = "Five squares, computed in parallel, collected as they come")
    TutorialRun results() throws InterruptedException {
        return tutorial.results();
    }
}
