// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Computes TLS handshakes on one thread of its own: a signature takes as long as hundreds of packets. At most
 * {@link #MAX_WAITING} wait; who comes later is turned away.
 */
final class HandshakeWork implements AutoCloseable {
    static final int MAX_WAITING = 256;
    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_SECONDS = 5;

    private final ThreadPoolExecutor thread;
    private final Consumer<Runnable> loop;

    /** @param loop runs what it is given on the loop's thread */
    HandshakeWork(Consumer<Runnable> loop) {
        this.loop = loop;
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread worker = new Thread(task, "bastion-relay-handshakes");
                    worker.setDaemon(true);
                    return worker;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Computes what the engine waits for, then runs {@code done} on the loop's thread.
     *
     * @throws SSLException when too many wait already
     */
    void submit(SSLEngine engine, Runnable done) throws SSLException {
        try {
            thread.execute(() -> {
                Runnable task = engine.getDelegatedTask();
                while (task != null) {
                    task.run();
                    task = engine.getDelegatedTask();
                }
                loop.accept(done);
            });
        } catch (RejectedExecutionException e) {
            throw new SSLException("too many handshakes at a time", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
