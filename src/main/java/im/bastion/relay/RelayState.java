// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.selftest.Ports;
import im.bastion.relay.setup.DnsRecords;
import im.bastion.relay.setup.Opening;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a running relay is.
 *
 * @param advertised the addresses the world reaches it at, as far as is known
 * @param guessed whether nobody said so
 * @param machine all addresses of this machine
 * @param name what clients are told instead of an address; empty for nothing
 * @param services its ports for clients
 * @param relayed its ports for peers
 */
public record RelayState(
        List<InetAddress> advertised,
        boolean guessed,
        List<InetAddress> machine,
        String name,
        DnsRecords.Services services,
        Ports relayed) {
    public RelayState {
        advertised = List.copyOf(advertised);
        machine = List.copyOf(machine);
    }

    /** Whether an address translator is between this machine and the world. */
    public boolean isTranslated() {
        return !machine.containsAll(advertised);
    }

    /** The name or the address clients are told: IPv4 where there is one, because all of them can use it. */
    public String host() {
        return name.isEmpty() ? offered().getHostAddress() : name;
    }

    private InetAddress offered() {
        return advertised.stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(advertised.get(0));
    }

    /** Its services as RFC 7064 and RFC 7065 write them, STUN first. */
    List<String> uris() {
        String host = host().indexOf(':') < 0 ? host() : "[" + host() + "]";
        List<String> uris = new ArrayList<>(List.of("stun:%s:%d".formatted(host, services.port())));
        uris.add("turn:%s:%d?transport=udp".formatted(host, services.port()));
        if (services.tcp()) {
            uris.add("turn:%s:%d?transport=tcp".formatted(host, services.port()));
        }
        if (services.tls() != 0) {
            uris.add("turns:%s:%d?transport=tcp".formatted(host, services.tls()));
        }
        return uris;
    }

    /** What has to be open in firewalls, and forwarded by a router. */
    public List<Opening> openings() {
        List<Opening> openings = new ArrayList<>(List.of(Opening.of(true, services.port())));
        if (services.tcp()) {
            openings.add(Opening.of(false, services.port()));
        }
        if (services.tls() != 0) {
            openings.add(Opening.of(false, services.tls()));
        }
        if (services.dtls() != 0) {
            openings.add(Opening.of(true, services.dtls()));
        }
        openings.add(new Opening(true, relayed.min(), relayed.max()));
        return openings;
    }
}
