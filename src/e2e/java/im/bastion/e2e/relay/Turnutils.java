// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import im.bastion.e2e.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;

/** coturn's client tools, each run in a process of its own against one offered service. */
final class Turnutils {
    private static final long PATIENCE_SECONDS = 40;

    private final Element service;

    /** @param service as a server offers it, STUN or TURN */
    Turnutils(Element service) {
        this.service = service;
    }

    /** What {@code turnutils_stunclient} prints. */
    String stun() throws IOException, InterruptedException {
        return run("turnutils_stunclient", List.of("-p", port(), host()));
    }

    /** Two clients of {@code turnutils_uclient}, twenty messages each, with the offered credential. */
    Traffic traffic(String... options) throws IOException, InterruptedException {
        return trafficWith(service.attributeValue("password"), options);
    }

    /** The same with another password. */
    Traffic trafficWith(String password, String... options) throws IOException, InterruptedException {
        return traffic(password, List.of("-X", "-c"), options);
    }

    /** The same with two relayed addresses for each client, on neighbouring ports. */
    Traffic pairs(String... options) throws IOException, InterruptedException {
        return traffic(service.attributeValue("password"), List.of("-X"), options);
    }

    /** The same with peers on TCP connections. */
    Traffic overTcpOnly(String... options) throws IOException, InterruptedException {
        return traffic(service.attributeValue("password"), List.of(), options);
    }

    private Traffic traffic(String password, List<String> kind, String... options)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-u", service.attributeValue("username"), "-w", password));
        arguments.addAll(kind);
        arguments.addAll(List.of("-p", port(), "-m", "2", "-n", "20", "-z", "5", "-l", "160"));
        arguments.addAll(List.of(options));
        arguments.add(host());
        return Traffic.of(run("turnutils_uclient", arguments));
    }

    /** An echo on that UDP port of 127.0.0.1, in a process that ends when the result is closed. */
    static AutoCloseable echo(int port) throws IOException {
        Process peer = new ProcessBuilder(
                        Peers.require("turnutils_peer").toString(), "-L", "127.0.0.1", "-p", String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return () -> {
            peer.destroy();
            peer.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        };
    }

    private String host() {
        return service.attributeValue("host");
    }

    private String port() {
        return service.attributeValue("port");
    }

    private static String run(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Peers.require(program).toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("bastion-" + program, ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(output);
        }
    }
}
