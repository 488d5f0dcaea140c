package io.taskgroup.demo.tutorial;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/tutorial")
class TutorialController {
    private final Tutorial tutorial;

    TutorialController(Tutorial tutorial) {
        this.tutorial = tutorial;
    }

    @GetMapping("/basic")
    TutorialRun basic() throws InterruptedException {
        return tutorial.basic();
    }

    @GetMapping("/failure")
    TutorialRun failure() throws InterruptedException {
        return tutorial.failure();
    }

    @GetMapping("/results")
    TutorialRun results() throws InterruptedException {
        return tutorial.results();
    }
}
