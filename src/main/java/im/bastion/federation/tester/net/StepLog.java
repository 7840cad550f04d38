// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import im.bastion.federation.tester.fact.TestStep;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes the time of each step of a test and tells who watches. One thread. */
public final class StepLog {
    /** What may fail. */
    @FunctionalInterface
    public interface Action<T> {
        T run() throws IOException;
    }

    private final Consumer<TestStep> watcher;

    public StepLog(Consumer<TestStep> watcher) {
        this.watcher = watcher;
    }

    /**
     * Takes a step that succeeds or throws.
     *
     * @param detail what came of it, in words
     */
    public <T> T take(TestStep.Kind kind, String subject, Action<T> action, Function<T, String> detail)
            throws IOException {
        return take(kind, subject, action, detail, result -> true);
    }

    /** Takes a step whose result may also be no good. */
    public <T> T take(
            TestStep.Kind kind, String subject, Action<T> action, Function<T, String> detail, Function<T, Boolean> good)
            throws IOException {
        long began = System.nanoTime();
        try {
            T result = action.run();
            tell(kind, subject, good.apply(result), detail.apply(result), began);
            return result;
        } catch (IOException e) {
            tell(kind, subject, false, words(e), began);
            throw e;
        }
    }

    /** What went wrong, as the rest of a sentence about the other side; the same words on every platform where it matters. */
    public static String words(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (e instanceof ConnectException) {
            return "nobody listens there";
        }
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e instanceof SocketException && text.contains("closed") ? "no answer in time" : text;
    }

    private void tell(TestStep.Kind kind, String subject, boolean ok, String detail, long began) {
        watcher.accept(
                new TestStep(kind, subject, ok, detail, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)));
    }
}
