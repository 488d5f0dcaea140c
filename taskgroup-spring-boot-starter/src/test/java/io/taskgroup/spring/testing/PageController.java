package io.taskgroup.spring.testing;

import io.taskgroup.spring.testing.PageService.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PageController {
    private final PageService pages;

    PageController(PageService pages) {
        this.pages = pages;
    }

    @GetMapping("/pages/{id}")
    Page page(@PathVariable int id) throws InterruptedException {
        return pages.page(id);
    }
}
