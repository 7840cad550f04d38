// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The addresses of this machine's interfaces that are up.
 *
 * @param all without scope
 */
public record MachineAddresses(List<InetAddress> all) {
    public MachineAddresses {
        all = List.copyOf(all);
    }

    /** What they are now. */
    public static MachineAddresses now() throws IOException {
        List<InetAddress> all = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces()
                .filter(MachineAddresses::isUp)
                .toList()) {
            for (InetAddress address : each.inetAddresses().toList()) {
                all.add(InetAddress.getByAddress(address.getAddress()));
            }
        }
        return new MachineAddresses(all);
    }

    /** The most public address of each family, as others would reach it: none, one or two. */
    public List<InetAddress> mostPublic() {
        return Stream.of(best(true), best(false)).flatMap(Optional::stream).toList();
    }

    private Optional<InetAddress> best(boolean ipv4) {
        return all.stream()
                .filter(address -> address instanceof Inet4Address == ipv4 && !address.isLinkLocalAddress())
                .filter(address -> ipv4 || isPublic(address))
                .min(Comparator.comparing((InetAddress address) -> !isPublic(address))
                        .thenComparing(InetAddress::isLoopbackAddress));
    }

    /** Whether it is not of those that only neighbours reach. */
    public static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !uniqueLocal;
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (IOException e) {
            return false;
        }
    }
}
