package io.taskgroup.demo.browser;

import static io.taskgroup.demo.Desk.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.taskgroup.demo.Desk;
import io.taskgroup.demo.TripDeskTest;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page in a real browser, against the real application. */
@TripDeskTest
@EnabledIf("io.taskgroup.demo.browser.Chromium#isInstalled")
class PageTest {
    private static ChromeDriver browser;

    @LocalServerPort
    private int port;

    @Autowired
    private Desk desk;

    @BeforeAll
    static void startBrowser() {
        browser = Chromium.start();
    }

    /** What a JVM does for the first time takes longer than the scenarios have to spare, where other programs run. */
    @BeforeAll
    static void failOnceBeforeItCounts(@Autowired Desk desk) {
        desk.supplier("harbour-inn", "{\"failureRate\": 1}");
        assertThat(desk.get("/api/trips?from=Berlin&to=Lisbon&date=2030-07-01")).hasStatus(502);
        desk.allSuppliers(WELL);
    }

    @AfterAll
    static void stopBrowser() {
        browser.quit();
    }

    @BeforeEach
    void open() {
        Chromium.resize(browser, 1280, 900);
        browser.get("http://127.0.0.1:" + port + "/");
        await().until(() -> text("#connection").equals("live"));
        await().until(() -> all("#suppliers form").size() == 8);
    }

    @AfterEach
    void allSuppliersAreWellAndThePageHadNoErrors() {
        desk.allSuppliers(WELL);
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .filteredOn(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .filteredOn(entry -> !entry.getMessage().contains("Failed to load resource")) // a 502 is an answer
                .isEmpty();
    }

    @Test
    void whenOneFailsTheBarsOfItsSiblingsAreCutAtThatMoment() {
        choose("One fails");

        awaitState("harbour-inn", "FAILED");
        awaitState("aurora-air", "CANCELLED");
        awaitState("cirrus", "CANCELLED");
        awaitState("grand-hotel", "CANCELLED");
        awaitAnswer("502 Bad Gateway");
        assertThat(text(".cut text")).endsWith("harbour-inn failed");
        assertThat(text("#headline")).contains("failed", "cancelled").endsWith("No task outlived its group.");
        double moment = right(".cut line");
        for (String cut : List.of("aurora-air", "cirrus", "grand-hotel")) {
            assertThat(right(bar(cut))).as(cut).isCloseTo(moment, within(60.0)); // of some 800 pixels
        }
    }

    @Test
    void noBarLeavesTheFrameOfItsGroup() {
        choose("A booking fails");

        awaitAnswer("502 Bad Gateway");
        await().until(() -> all("[data-group=release][data-state=SUCCEEDED]").size() == 1);
        List<Rectangle> frames = rectangles(".frame");
        List<Rectangle> bars = rectangles(".task .bar");
        assertThat(frames).hasSize(2);
        assertThat(bars)
                .hasSize(6)
                .allSatisfy(bar -> assertThat(frames)
                        .filteredOn(frame -> bar.y >= frame.y && bar.y < frame.y + frame.height)
                        .singleElement()
                        .satisfies(frame -> assertThat(bar.x + bar.width).isLessThanOrEqualTo(frame.x + frame.width)));
    }

    @Test
    void allWellMakesEveryBarGreen() {
        choose("All well");

        awaitAnswer("200");
        await().until(() -> all("[data-group=trip][data-state=SUCCEEDED]").size() == 1);
        assertThat(all(".task")).hasSize(8).allMatch(task -> "SUCCEEDED".equals(task.getDomAttribute("data-state")));
        assertThat(text("#body")).contains("\"flight\"", "\"hotel\"", "\"weather\"");
    }

    @Test
    void aHangingTaskRunsUntilItsGroupIsCancelledByHand() {
        choose("One hangs");
        awaitState("bluewing", "SUCCEEDED");
        awaitState("weather", "RUNNING");

        browser.findElement(By.id("cancel")).click();

        awaitState("weather", "CANCELLED");
        awaitAnswer("503 Service Unavailable");
        assertThat(text(".cut text")).endsWith("cancelled by hand");
    }

    @Test
    void inARaceOneBarIsGreenAndTheOthersAreCut() {
        choose("Race");

        awaitAnswer("200");
        await().until(() -> all("[data-group=fastest][data-state=SUCCEEDED]").size() == 1);
        assertThat(all(".task.SUCCEEDED")).hasSize(1);
        assertThat(all(".task.CANCELLED")).hasSize(2);
        assertThat(text(".cut text")).endsWith("the first answer");
    }

    @Test
    void whoIsSlowIsLeftBehindAndNamed() {
        choose("Slow ones");

        awaitState("aurora-air", "CANCELLED");
        awaitAnswer("200");
        assertThat(text("#body")).containsPattern("\"late\": \\[.*\"aurora-air\".*]");
    }

    @Test
    void aBookingIsMade() {
        choose("Book");

        awaitAnswer("201");
        assertThat(text("#body")).contains("\"traveller\": \"Ada\"");
    }

    @Test
    void theSiblingOfTheTutorialIsCancelled() {
        choose("One fails after a second");

        awaitState("failing", "FAILED");
        awaitState("sibling", "CANCELLED");
    }

    @Test
    void aSupplierThatIsSwitchedToFailFailsTheNextTrip() {
        WebElement harbourInn = all("#suppliers form").get(6);
        assertThat(harbourInn.getText()).startsWith("harbour-inn");
        WebElement rate = harbourInn.findElement(By.name("failureRate"));
        rate.clear();
        rate.sendKeys("1", Keys.TAB);
        await().until(() -> all("#suppliers form.fails").size() == 1);

        browser.findElement(By.cssSelector("#trip button")).click();

        awaitAnswer("502");
        assertThat(text("#body")).contains("\"supplier\": \"harbour-inn\"");
    }

    @Test
    void theKeyboardAloneIsEnough() {
        for (int tab = 0; tab < 20 && !focused().startsWith("All well"); tab++) {
            browser.switchTo().activeElement().sendKeys(Keys.TAB);
        }
        assertThat(focused()).startsWith("All well");

        browser.switchTo().activeElement().sendKeys(Keys.ENTER);

        awaitAnswer("200");
    }

    @Test
    void theTableSaysWhatThePictureShows() {
        choose("Race");
        await().until(() -> all("[data-group=fastest][data-state=SUCCEEDED]").size() == 1);

        browser.findElement(By.cssSelector("summary")).click();

        assertThat(all("#table tr")).hasSize(4);
        assertThat(text("#table")).contains("fastest", "aurora-air", "bluewing", "cirrus", "succeeded", "cancelled");
    }

    @Test
    void theCountersCountWhatHasEnded() {
        choose("Race");
        awaitAnswer("200");

        await().until(() -> Integer.parseInt(text("#cancelled")) >= 2);
        assertThat(all("#chart canvas")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 768, 1280, 1920})
    void nothingIsWiderThanTheScreen(int width) {
        Chromium.resize(browser, width, 800);
        choose("One fails");
        awaitState("harbour-inn", "FAILED");
        awaitAnswer("502");

        assertThat((long) browser.executeScript("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(width);
        for (WebElement text : all(".timeline text")) {
            assertThat(text.getRect().x + text.getRect().width)
                    .as(text.getText())
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void thePageIsDarkWhereTheVisitorPrefersIt() {
        Chromium.prefer(browser, "light");
        String light = browser.findElement(By.tagName("body")).getCssValue("background-color");
        Chromium.prefer(browser, "dark");
        String dark = browser.findElement(By.tagName("body")).getCssValue("background-color");

        assertThat(light).startsWith("rgba(244");
        assertThat(dark).startsWith("rgba(17");
    }

    private void choose(String scenario) {
        browser.findElements(By.cssSelector(".choices button")).stream()
                .filter(button ->
                        button.findElement(By.tagName("strong")).getText().equals(scenario))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private void awaitState(String task, String state) {
        String selector = "[data-task='%s'][data-state='%s']".formatted(task, state);
        await().atMost(Duration.ofSeconds(20)).until(() -> !all(selector).isEmpty());
    }

    private void awaitAnswer(String status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(text("#status strong")).startsWith(status));
    }

    private static String bar(String task) {
        return "[data-task='" + task + "'] .bar";
    }

    private double right(String selector) {
        Rectangle box = rectangles(selector).get(0);
        return box.x + box.width;
    }

    private List<Rectangle> rectangles(String selector) {
        return all(selector).stream().map(WebElement::getRect).toList();
    }

    private List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    private String text(String selector) {
        List<WebElement> found = all(selector);
        return found.isEmpty() ? "" : found.get(0).getText();
    }

    private String focused() {
        return browser.switchTo().activeElement().getText();
    }
}
