// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives a test class a running server: {@code @RegisterExtension static final ServerUnderTest SERVER = …}.
 *
 * <p>Classes that ask for equal options share one server, which runs until the last test is over; a class that stops,
 * kills or otherwise spoils its server asks for one of its own. When a test fails, the end of the server's log is printed.
 */
public final class ServerUnderTest implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final Namespace SHARED = Namespace.create(ServerUnderTest.class);

    private final ServerOptions options;
    private final boolean shared;
    private OpenfireServer server;

    private ServerUnderTest(ServerOptions options, boolean shared) {
        this.options = options;
        this.shared = shared;
    }

    /** One that other classes with equal options use too. */
    public static ServerUnderTest shared(ServerOptions options) {
        return new ServerUnderTest(options, true);
    }

    /** One for this class alone. */
    public static ServerUnderTest own(ServerOptions options) {
        return new ServerUnderTest(options, false);
    }

    /** The running server. */
    public OpenfireServer get() {
        return server;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (shared) {
            // The root store closes what it holds when the last test is over.
            server = context.getRoot()
                    .getStore(SHARED)
                    .getOrComputeIfAbsent(options, OpenfireServer::new, OpenfireServer.class);
        } else {
            server = new OpenfireServer(options);
        }
        if (!server.isAlive()) {
            server.start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!shared) {
            server.close();
        }
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.println(
                "== " + context.getDisplayName() + " failed; the server's log ends with\n" + server.logTail());
    }
}
