// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import im.bastion.e2e.server.OpenfireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser without a window, with a profile of its own that goes away with it. */
public final class Chromium implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int HEIGHT = 900;

    /** It warns of every browser that is newer than it is, although nothing here needs what it then lacks. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.openqa.selenium");

    private final Path profile;
    private final ChromeDriver driver;

    private Chromium(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Starts the system's browser; skips the test where there is none. */
    public static Chromium start() throws IOException {
        return start(Peers.require("chromium"), Peers.require("chromedriver"));
    }

    private static Chromium start(Path browser, Path driver) throws IOException {
        DRIVER_LOG.setLevel(Level.SEVERE);
        Path profile = Files.createTempDirectory("bastion-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toString());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--lang=en",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(profile, new ChromeDriver(service, options));
    }

    /** Sets the width of the page, in CSS pixels. */
    public Chromium width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Fills in the console's own login form. */
    public Chromium logIn(URI console, String username, String password) {
        open(console.resolve("login.jsp"));
        driver.findElement(By.name("username")).sendKeys(username);
        WebElement field = driver.findElement(By.name("password"));
        field.sendKeys(password);
        field.submit();
        waiting().until(ExpectedConditions.not(ExpectedConditions.urlContains("login.jsp")));
        return this;
    }

    public Chromium open(URI page) {
        driver.get(page.toString());
        return this;
    }

    /** The element, as soon as the page has it. */
    public WebElement find(By by) {
        return waiting().until(ExpectedConditions.presenceOfElementLocated(by));
    }

    /** Puts the text in the place of what the field holds. */
    public void type(String field, String text) {
        find(By.id(field)).clear();
        find(By.id(field)).sendKeys(text);
    }

    /** Chooses the option of that value. */
    public void choose(String select, String value) {
        new Select(find(By.id(select))).selectByValue(value);
    }

    /** Presses the button and waits until the page it leads to has taken this one's place. */
    public void press(By button) {
        WebElement old = find(By.tagName("html"));
        find(button).click();
        waiting().until(d -> isGone(old));
        waiting().until(d -> "complete".equals(driver.executeScript("return document.readyState")));
    }

    /** Whatever the driver calls it: while one document takes another's place it knows more than one word. */
    private static boolean isGone(WebElement element) {
        try {
            return !element.isEnabled();
        } catch (WebDriverException e) {
            return true;
        }
    }

    /** All that the page says, as a reader sees it. */
    public String text() {
        return find(By.tagName("body")).getText();
    }

    /** What the script answers. */
    public Object run(String script) {
        return driver.executeScript(script);
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    /**
     * What the browser has complained about since it was last asked: scripts that failed, files that were missing,
     * policies that were broken.
     */
    public List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** The whole page as a picture, where pictures go, named after the page and the server it is of. */
    public void photograph(OpenfireServer server, String name) throws IOException {
        String host = server.isFourTwo() ? "4.2.0" : "5.1.1";
        photograph(Path.of(System.getProperty("bastion.screenshots", "target/screenshots"))
                .resolve(name + "-" + host + ".png"));
    }

    /** The whole page as a picture. */
    public void photograph(Path png) throws IOException {
        Object data = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        Files.createDirectories(png.toAbsolutePath().getParent());
        Files.write(png, Base64.getDecoder().decode((String) data));
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebDriverWait waiting() {
        return new WebDriverWait(driver, LIMIT);
    }
}
