// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import im.bastion.e2e.Peers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;

/** coturn's client tools, each run in a process of its own against one offered service. */
final class Turnutils {
    private final Element service;

    /** @param service as a server offers it, STUN or TURN */
    Turnutils(Element service) {
        this.service = service;
    }

    /** What {@code turnutils_stunclient} prints. */
    String stun() throws IOException, InterruptedException {
        return TurnutilsRun.start("turnutils_stunclient", List.of("-p", port(), host()))
                .finish()
                .output();
    }

    /** Two clients of {@code turnutils_uclient}, twenty messages each, with the offered credential. */
    Traffic traffic(String... options) throws IOException, InterruptedException {
        return start(options).finish();
    }

    /** The same, without waiting for it: several may run at a time. */
    TurnutilsRun start(String... options) throws IOException {
        return startWith(service.attributeValue("password"), options);
    }

    /** The same with another password. */
    TurnutilsRun startWith(String password, String... options) throws IOException {
        return start(password, List.of("-X", "-c"), options);
    }

    /** The same with two relayed addresses for each client, on neighbouring ports. */
    TurnutilsRun startPairs(String... options) throws IOException {
        return start(service.attributeValue("password"), List.of("-X"), options);
    }

    /** The same with nothing said about relayed addresses but what the options say. */
    TurnutilsRun startPlain(String... options) throws IOException {
        return start(service.attributeValue("password"), List.of(), options);
    }

    private TurnutilsRun start(String password, List<String> kind, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-u", service.attributeValue("username"), "-w", password));
        arguments.addAll(kind);
        arguments.addAll(List.of("-p", port(), "-m", "2", "-n", "20", "-z", "5", "-l", "160"));
        arguments.addAll(List.of(options));
        arguments.add(host());
        return TurnutilsRun.start("turnutils_uclient", arguments);
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
            peer.waitFor(TurnutilsRun.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        };
    }

    private String host() {
        return service.attributeValue("host");
    }

    private String port() {
        return service.attributeValue("port");
    }
}
