// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's JVM, by its process handle. */
final class ServerProcess {
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final int TAIL_LINES = 80;

    private final Process process;
    private final List<Path> logs;

    private ServerProcess(Process process, List<Path> logs) {
        this.process = process;
        this.logs = logs;
    }

    static ServerProcess start(List<String> command, Home home) throws IOException {
        Files.createDirectories(home.logs());
        Path output = home.logs().resolve("output.log");
        Process process = new ProcessBuilder(command)
                .directory(home.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        process.getOutputStream().close();
        return new ServerProcess(process, List.of(output, home.logs().resolve("openfire.log")));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Waits until the condition holds; fails, with the end of the log, when the server dies or the time is over. */
    void await(String what, Duration limit, Condition condition) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        IOException notYet = null;
        try {
            while (true) {
                try {
                    if (condition.holds()) {
                        return;
                    }
                } catch (IOException e) {
                    notYet = e;
                }
                boolean dead = process.waitFor(50, TimeUnit.MILLISECONDS);
                if (dead || System.nanoTime() > deadline) {
                    String why = dead ? "exited with " + process.exitValue() : "took over " + limit.toSeconds() + " s";
                    throw new IOException("the server " + why + " before " + what + "\n" + tail(), notYet);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before " + what, e);
        }
    }

    /** Asks the server to stop, as a service manager does, and insists after 20 s. */
    void stop() {
        process.destroy();
        waitForEnd();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    String log() {
        StringBuilder text = new StringBuilder();
        for (Path log : logs) {
            text.append("== ").append(log.getFileName()).append('\n').append(read(log));
        }
        return text.toString();
    }

    String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "unreadable: " + e;
        }
    }

    /** Something to wait for; an exception means not yet. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }
}
