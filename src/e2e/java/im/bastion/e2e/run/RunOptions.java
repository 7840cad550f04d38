// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.run;

import im.bastion.e2e.server.CentralDistribution;
import im.bastion.e2e.server.Distribution;
import im.bastion.e2e.server.Ports;
import im.bastion.e2e.server.UnpackedDistribution;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What was asked for on the command line. */
record RunOptions(Distribution distribution, Optional<Path> keep, String address, Ports ports) {
    static RunOptions parse(String... arguments) {
        Distribution distribution = new CentralDistribution();
        Optional<Path> keep = Optional.empty();
        String address = "127.0.0.1";
        Ports ports = Ports.WELL_KNOWN;
        Deque<String> words = new ArrayDeque<>(List.of(arguments));
        while (!words.isEmpty()) {
            String option = words.pop();
            if (words.isEmpty()) {
                throw new IllegalArgumentException(option + " needs a value");
            }
            String value = words.pop();
            switch (option) {
                case "--openfire" -> distribution = new UnpackedDistribution(Path.of(value));
                case "--keep" -> keep = Optional.of(Path.of(value));
                case "--address" -> address = value;
                case "--client-port" -> ports = new Ports(port(option, value), ports.server(), ports.console());
                case "--server-port" -> ports = new Ports(ports.client(), port(option, value), ports.console());
                case "--console-port" -> ports = new Ports(ports.client(), ports.server(), port(option, value));
                default -> throw new IllegalArgumentException("run does not know " + option);
            }
        }
        return new RunOptions(distribution, keep, address, ports);
    }

    private static int port(String option, String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other number that is no port.
        }
        throw new IllegalArgumentException(option + " is " + value + ", but must be a port from 1 to 65535");
    }
}
