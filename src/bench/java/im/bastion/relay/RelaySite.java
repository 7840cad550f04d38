// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.e2e.Peers;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An Openfire with Bastion, a coturn, and a peer that sends everything back, all on loopback and with one secret. */
final class RelaySite implements AutoCloseable {
    private static final String PREFIX = "plugin.bastion.relay.";
    private static final String SECRET = "bench-secret";
    private static final String REALM = "bench.example";
    private static final String[] ON_FIRST = {"taskset", "-c", "0"};
    private static final String[] ON_SECOND = {"taskset", "-c", "1"};
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern TOTAL = Pattern.compile("tot_send_msgs=(\\d+), tot_recv_msgs=(\\d+)");
    private static final double MICROS_PER_TICK = 10_000;

    private final int echo = freePort();
    private final Path folder = Files.createTempDirectory("bastion-relay-bench");
    private final List<Process> processes = new ArrayList<>();
    private final OpenfireServer openfire;
    private final Server bastion;
    private final Server coturn;

    RelaySite() throws IOException {
        int[] ports = {freePort(), freePort(), freePort(), freePort()};
        openfire = new OpenfireServer(options(ports)).start();
        bastion = new Server(openfire.pid(), ports[0], ports[1]);
        start(ON_SECOND, Peers.require("turnutils_peer").toString(), "-L", "127.0.0.1", "-p", String.valueOf(echo));
        coturn = new Server(startCoturn(ports[2], ports[3]), ports[2], ports[3]);
    }

    private static ServerOptions options(int[] ports) {
        return ServerOptions.defaults()
                .launcher(ON_FIRST)
                .property(PREFIX + "password-secret", SECRET)
                .property(PREFIX + "realm", REALM)
                .property(PREFIX + "listen-address", "127.0.0.1")
                .property(PREFIX + "port", String.valueOf(ports[0]))
                .property(PREFIX + "tls-port", String.valueOf(ports[1]))
                .property(PREFIX + "max-port", "57343")
                .property(PREFIX + "max-allocations", "8000")
                .property(PREFIX + "max-allocations-per-user", "1000")
                .property(PREFIX + "max-allocations-per-address", "8000")
                .property(PREFIX + "max-rate-per-user", "0")
                .property(PREFIX + "max-rate", "0")
                .property(PREFIX + "answers-per-source", "1000000")
                .property(PREFIX + "allow-loopback-peers", "true")
                .property(PREFIX + "mode", "enforce")
                .bastion();
    }

    private long startCoturn(int port, int tlsPort) throws IOException {
        return start(
                        ON_FIRST,
                        Peers.require("turnserver").toString(),
                        "-n",
                        "-m",
                        "1",
                        "--listening-ip=127.0.0.1",
                        "--relay-ip=127.0.0.1",
                        "--listening-port=" + port,
                        "--tls-listening-port=" + tlsPort,
                        "--min-port=57344",
                        "--max-port=65535",
                        "--use-auth-secret",
                        "--static-auth-secret=" + SECRET,
                        "--realm=" + REALM,
                        "--allow-loopback-peers",
                        "--no-cli",
                        "--no-rfc5780",
                        "--cert=" + pem("certificate", openfireCertificate()),
                        "--pkey=" + pem("key", openfireKey()),
                        "--log-file=stdout",
                        "--pidfile=" + folder.resolve("pid"))
                .pid();
    }

    private String openfireCertificate() {
        return pemText("CERTIFICATE", encoded(true));
    }

    private String openfireKey() {
        return pemText("PRIVATE KEY", encoded(false));
    }

    /** The same key on both sides, so that TLS costs the same. */
    private byte[] encoded(boolean certificate) {
        try {
            var identity = openfire.options().identity();
            return certificate
                    ? identity.chain().get(0).getEncoded()
                    : identity.key().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pemText(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    private Path pem(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".pem"), text);
    }

    Server bastion() {
        return bastion;
    }

    Server coturn() {
        return coturn;
    }

    /**
     * One round.
     *
     * @param microsPerMessage of the server's processor time, for each message that arrived
     */
    record Round(double microsPerMessage, double lostPercent) {}

    /** One of the two. */
    final class Server {
        private final long pid;
        private final int port;
        private final int tlsPort;

        private Server(long pid, int port, int tlsPort) {
            this.pid = pid;
            this.port = port;
            this.tlsPort = tlsPort;
        }

        /** @param options the last one is {@code -e} where the peer takes part */
        Round run(boolean secure, List<String> options) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of(ON_SECOND));
            command.add(Peers.require("turnutils_uclient").toString());
            command.addAll(options);
            if (options.get(options.size() - 1).equals("-e")) {
                command.addAll(List.of("127.0.0.1", "-r", String.valueOf(echo)));
            }
            String user = Instant.now().plus(Duration.ofHours(1)).getEpochSecond() + ":bench";
            command.addAll(
                    List.of("-u", user, "-w", password(user), "-X", "-p", String.valueOf(secure ? tlsPort : port)));
            command.add("127.0.0.1");
            long before = ticks(pid);
            String printed = output(command);
            Matcher total = TOTAL.matcher(printed);
            long sent = 0;
            long received = 0;
            while (total.find()) {
                sent = Long.parseLong(total.group(1));
                received = Long.parseLong(total.group(2));
            }
            if (received == 0) {
                throw new IOException("nothing arrived of " + options + ":\n" + printed);
            }
            return new Round(
                    (ticks(pid) - before) * MICROS_PER_TICK / received, 100.0 * (sent - received) / Math.max(sent, 1));
        }
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        Path file = folder.resolve("client.txt");
        Process client = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        if (!client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly();
        }
        return Files.readString(file, UTF_8);
    }

    /** User and system time of the whole process, in hundredths of a second (proc(5)). */
    private static long ticks(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), UTF_8);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private Process start(String[] launcher, String... command) throws IOException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(launcher), Stream.of(command)).toList())
                .redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("server-" + processes.size() + ".txt").toFile())
                .start();
        processes.add(process);
        return process;
    }

    private static String password(String user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        while (true) {
            try (DatagramSocket socket =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                if (socket.getLocalPort() < 49_152) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroy);
        openfire.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }
}
