// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.transport.CannotListenException;
import im.bastion.relay.transport.MachineAddresses;
import im.bastion.relay.transport.RelayEndpoint;
import im.bastion.relay.turn.PeerAddressPolicy;
import im.bastion.settings.Setting;
import im.bastion.settings.Settings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the settings come to on this machine.
 *
 * @param machine all addresses of this machine
 * @param guessed whether nobody said which address the world sees
 */
record RelayPlan(
        RelayEndpoint endpoint,
        String realm,
        Set<InetAddress> machine,
        PeerAddressPolicy.Decisions decisions,
        boolean guessed) {

    private static final int FIRST_FREE_PORT = 1_024;

    /** @throws IllegalArgumentException when the settings do not fit together; the message says which */
    static RelayPlan of(Settings settings, String domain, MachineAddresses machine) {
        String listen = settings.get(RelaySettings.LISTEN_ADDRESS);
        InetAddress bind = IpLiteral.parse(listen.equals(RelaySettings.ANY) ? "::" : listen);
        String external = settings.get(RelaySettings.EXTERNAL_ADDRESS);
        String realm = settings.get(RelaySettings.REALM);
        RelayEndpoint endpoint = new RelayEndpoint(
                new InetSocketAddress(bind, settings.get(RelaySettings.PORT)),
                settings.get(RelaySettings.TCP),
                portOn(bind, settings.get(RelaySettings.TLS_PORT)),
                portOn(bind, settings.get(RelaySettings.DTLS_PORT)),
                discovery(settings),
                relayed(RelaySettings.addresses(external), bind, machine),
                bind,
                settings.get(RelaySettings.MIN_PORT),
                settings.get(RelaySettings.MAX_PORT));
        check(endpoint);
        return new RelayPlan(
                endpoint,
                realm.isEmpty() ? domain : realm,
                Set.copyOf(machine.all()),
                new PeerAddressPolicy.Decisions(
                        RelaySettings.ranges(settings.get(RelaySettings.DENIED_PEERS)),
                        RelaySettings.ranges(settings.get(RelaySettings.ALLOWED_PEERS)),
                        settings.get(RelaySettings.ALLOW_LOOPBACK_PEERS)),
                external.isEmpty());
    }

    private static InetSocketAddress portOn(InetAddress bind, int port) {
        return port == 0 ? null : new InetSocketAddress(bind, port);
    }

    private static RelayEndpoint.SecondAddress discovery(Settings settings) {
        String second = settings.get(RelaySettings.DISCOVERY_ADDRESS);
        if (second.isEmpty()) {
            return null;
        }
        if (settings.get(RelaySettings.LISTEN_ADDRESS).equals(RelaySettings.ANY)) {
            throw new IllegalArgumentException("%s needs one address in %s, and not *."
                    .formatted(RelaySettings.DISCOVERY_ADDRESS.key(), RelaySettings.LISTEN_ADDRESS.key()));
        }
        return new RelayEndpoint.SecondAddress(IpLiteral.parse(second), settings.get(RelaySettings.DISCOVERY_PORT));
    }

    /**
     * The same without what cannot be had, or null when the relay cannot do without.
     *
     * @param failed an address that could not be bound
     */
    RelayPlan without(CannotListenException failed) {
        RelayEndpoint less = endpoint.without(failed);
        if (less == null) {
            return null;
        }
        return new RelayPlan(less, realm, machine, decisions, guessed);
    }

    /** Whether a relay that runs after the other plan need not be restarted, which would end its calls. */
    boolean runsLike(RelayPlan other) {
        return endpoint.equals(other.endpoint) && realm.equals(other.realm) && decisions.equals(other.decisions);
    }

    private static List<InetAddress> relayed(List<InetAddress> external, InetAddress bind, MachineAddresses machine) {
        List<InetAddress> wanted = new ArrayList<>(external);
        if (wanted.isEmpty()) {
            wanted.addAll(bind.isAnyLocalAddress() ? machine.mostPublic() : List.of(bind));
        }
        if (!bind.isAnyLocalAddress()) {
            wanted.removeIf(address -> address.getAddress().length != bind.getAddress().length);
        }
        return wanted;
    }

    private static void check(RelayEndpoint endpoint) {
        int port = endpoint.listen().getPort();
        if (endpoint.minPort() > endpoint.maxPort()) {
            throw new IllegalArgumentException("%s (%d) must not be greater than %s (%d)."
                    .formatted(
                            RelaySettings.MIN_PORT.key(),
                            endpoint.minPort(),
                            RelaySettings.MAX_PORT.key(),
                            endpoint.maxPort()));
        }
        if (port >= endpoint.minPort() && port <= endpoint.maxPort()) {
            throw new IllegalArgumentException("%s (%d) must lie outside the range of relayed ports, %d to %d."
                    .formatted(RelaySettings.PORT.key(), port, endpoint.minPort(), endpoint.maxPort()));
        }
        if (endpoint.relayed().isEmpty()) {
            throw new IllegalArgumentException(
                    RelaySettings.EXTERNAL_ADDRESS.key() + " must be set: this machine has no address that fits "
                            + RelaySettings.LISTEN_ADDRESS.key() + ".");
        }
    }

    /** Addresses that this machine had when it was planned, that the relay needs, and that it has no longer. */
    List<InetAddress> gone(MachineAddresses now) {
        List<InetAddress> needed = new ArrayList<>(endpoint.relayed());
        needed.add(endpoint.listen().getAddress());
        return needed.stream()
                .distinct()
                .filter(address -> machine.contains(address) && !now.all().contains(address))
                .toList();
    }

    /** The address that is told to clients: IPv4 where there is one, because all of them can use it. */
    InetAddress offered() {
        return endpoint.relayed().stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(endpoint.relayed().get(0));
    }

    /** Why an address could not be had and what to do. */
    String cannotListen(CannotListenException failed) {
        InetSocketAddress at = failed.address();
        String setting = setting(failed).key();
        String where = "%s port %d on %s"
                .formatted(
                        failed.protocol(),
                        at.getPort(),
                        at.getAddress().isAnyLocalAddress()
                                ? "all addresses"
                                : at.getAddress().getHostAddress());
        String what = String.valueOf(failed.getMessage());
        if (what.contains("in use")) {
            return "%s is in use. Stop the program that holds it, or set %s to another port.".formatted(where, setting);
        }
        if (what.contains("assign")) {
            return "%s cannot be had, because this machine does not have the address. Set %s to one it has, or to *."
                    .formatted(where, RelaySettings.LISTEN_ADDRESS.key());
        }
        if (what.contains("denied") && at.getPort() < FIRST_FREE_PORT) {
            return ("%s cannot be had: the system lets only some programs have ports below %d. Set %s to a higher one, or as root: "
                            + "sysctl -w net.ipv4.ip_unprivileged_port_start=%d")
                    .formatted(where, FIRST_FREE_PORT, setting, at.getPort());
        }
        return "%s cannot be had (%s). Set %s and %s to what this server may open."
                .formatted(where, what, RelaySettings.LISTEN_ADDRESS.key(), setting);
    }

    private Setting<Integer> setting(CannotListenException failed) {
        int port = failed.address().getPort();
        if (endpoint.tls() != null
                && failed.protocol().equals("TCP")
                && port == endpoint.tls().getPort()) {
            return RelaySettings.TLS_PORT;
        }
        if (endpoint.dtls() != null
                && failed.protocol().equals("UDP")
                && port == endpoint.dtls().getPort()) {
            return RelaySettings.DTLS_PORT;
        }
        return port == endpoint.listen().getPort() ? RelaySettings.PORT : RelaySettings.DISCOVERY_PORT;
    }

    /** @param infrastructure machines that this server itself depends on */
    PeerAddressPolicy peers(Set<InetAddress> infrastructure) {
        Set<InetAddress> relayed = new HashSet<>(endpoint.relayed());
        Set<InetAddress> others = new HashSet<>(machine);
        others.removeAll(relayed);
        PeerAddressPolicy.Here here =
                new PeerAddressPolicy.Here(relayed, others, infrastructure, endpoint.minPort(), endpoint.maxPort());
        return new PeerAddressPolicy(here, decisions);
    }
}
