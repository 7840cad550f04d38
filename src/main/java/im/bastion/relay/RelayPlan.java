// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.transport.MachineAddresses;
import im.bastion.relay.transport.RelayEndpoint;
import im.bastion.relay.turn.IpLiteral;
import im.bastion.relay.turn.PeerAddressPolicy;
import im.bastion.settings.Settings;
import java.io.IOException;
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
        RelayEndpoint endpoint, String realm, Set<InetAddress> machine, boolean loopbackPeersAllowed, boolean guessed) {

    /** @throws IllegalArgumentException when the settings do not fit together; the message says which */
    static RelayPlan of(Settings settings, String domain, MachineAddresses machine) {
        String listen = settings.get(RelaySettings.LISTEN_ADDRESS);
        InetAddress bind = IpLiteral.parse(listen.equals(RelaySettings.ANY) ? "::" : listen);
        String external = settings.get(RelaySettings.EXTERNAL_ADDRESS);
        String realm = settings.get(RelaySettings.REALM);
        RelayEndpoint endpoint = new RelayEndpoint(
                new InetSocketAddress(bind, settings.get(RelaySettings.PORT)),
                relayed(RelaySettings.addresses(external), bind, machine),
                bind,
                settings.get(RelaySettings.MIN_PORT),
                settings.get(RelaySettings.MAX_PORT));
        check(endpoint);
        return new RelayPlan(
                endpoint,
                realm.isEmpty() ? domain : realm,
                Set.copyOf(machine.all()),
                settings.get(RelaySettings.ALLOW_LOOPBACK_PEERS),
                external.isEmpty());
    }

    /** Whether a relay that runs after the other plan need not be restarted, which would end its calls. */
    boolean runsLike(RelayPlan other) {
        return endpoint.equals(other.endpoint)
                && realm.equals(other.realm)
                && loopbackPeersAllowed == other.loopbackPeersAllowed;
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

    /** The address that is told to clients: IPv4 where there is one, because all of them can use it. */
    InetAddress offered() {
        return endpoint.relayed().stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(endpoint.relayed().get(0));
    }

    /** Why the relay could not begin to listen and what to do. */
    String cannotListen(IOException cause) {
        InetSocketAddress listen = endpoint.listen();
        String where = "UDP port %d on %s"
                .formatted(
                        listen.getPort(),
                        listen.getAddress().isAnyLocalAddress()
                                ? "all addresses"
                                : listen.getAddress().getHostAddress());
        String what = String.valueOf(cause.getMessage());
        if (what.contains("in use")) {
            return "%s is in use. Stop the program that holds it, or set %s to another port."
                    .formatted(where, RelaySettings.PORT.key());
        }
        if (what.contains("assign")) {
            return "%s cannot be had, because this machine does not have the address. Set %s to one it has, or to *."
                    .formatted(where, RelaySettings.LISTEN_ADDRESS.key());
        }
        return "%s cannot be had (%s). Set %s and %s to what this server may open."
                .formatted(where, what, RelaySettings.LISTEN_ADDRESS.key(), RelaySettings.PORT.key());
    }

    PeerAddressPolicy peers() {
        Set<InetAddress> relayed = new HashSet<>(endpoint.relayed());
        Set<InetAddress> others = new HashSet<>(machine);
        others.removeAll(relayed);
        PeerAddressPolicy.Here here =
                new PeerAddressPolicy.Here(relayed, others, endpoint.minPort(), endpoint.maxPort());
        return new PeerAddressPolicy(here, loopbackPeersAllowed);
    }
}
