// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.run;

import im.bastion.e2e.server.BastionJar;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.Ports;
import im.bastion.e2e.server.ServerOptions;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Starts a server with the freshly built plugin, says what to open, and stops it on Ctrl-C. */
public final class Run {
    /** Clients find it without DNS. */
    private static final String DOMAIN = "localhost";

    private final RunOptions options;
    private final long begun = System.nanoTime();
    private volatile boolean stopping;

    private Run(RunOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) {
        try {
            new Run(RunOptions.parse(arguments)).run();
        } catch (IllegalArgumentException | IllegalStateException | IOException e) {
            System.err.println("bastion: " + e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void run() throws Exception {
        step(options.keep().isPresent() ? "Openfire in " + options.keep().get() : "Openfire in a temporary folder");
        try (OpenfireServer server = new OpenfireServer(serverOptions())) {
            boolean fresh = server.isNew();
            checkPorts(server.ports());
            step("starting Openfire");
            server.start();
            step("uploading bastion.jar through the admin console");
            server.installPlugin(BastionJar.path());
            if (fresh) {
                step("creating sample rooms");
                SampleData.seed(server);
            }
            System.out.println(Welcome.text(server, seconds()));
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopping));
            server.awaitEnd();
            if (stopping) {
                return;
            }
            throw new IOException("Openfire ended by itself; its log ends with\n" + server.logTail());
        }
    }

    private void stopping() {
        stopping = true;
        System.out.println("\nStopping Openfire ...");
    }

    private ServerOptions serverOptions() {
        ServerOptions server = ServerOptions.defaults()
                .distribution(options.distribution())
                .domain(DOMAIN)
                .address(options.address())
                .ports(options.ports())
                .user(ServerOptions.ADMIN, SampleData.PASSWORD);
        for (String user : SampleData.USERS) {
            server = server.user(user, SampleData.PASSWORD);
        }
        return options.keep().isPresent() ? server.home(options.keep().get()) : server;
    }

    private void checkPorts(Ports ports) throws IOException {
        List<Claim> claims = List.of(
                new Claim("--client-port", "XMPP clients", ports.client()),
                new Claim("--server-port", "other XMPP servers", ports.server()),
                new Claim("--console-port", "the admin console", ports.console()));
        for (Claim claim : claims) {
            if (!FreePorts.isFree(options.address(), claim.port())) {
                throw new IOException("port %d of %s, for %s, is taken by another program; choose another with %s N"
                        .formatted(claim.port(), options.address(), claim.purpose(), claim.option()));
            }
        }
    }

    private void step(String what) {
        System.out.printf(Locale.ROOT, "[%5.1f s] %s%n", seconds(), what);
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private record Claim(String option, String purpose, int port) {}
}
