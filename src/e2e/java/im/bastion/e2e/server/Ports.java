// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.server;

import java.util.List;

/** TCP ports a server listens on; in options 0 stands for any free one. */
public record Ports(int client, int server, int console) {
    /** Free ports for all three. */
    public static final Ports ANY = new Ports(0, 0, 0);
    /** The ports people know: 5222, 5269 and 9090. */
    public static final Ports WELL_KNOWN = new Ports(5222, 5269, 9090);

    Ports resolved(String address) {
        List<Integer> free = FreePorts.on(address, 3);
        return new Ports(or(client, free.get(0)), or(server, free.get(1)), or(console, free.get(2)));
    }

    private static int or(int wanted, int free) {
        return wanted == 0 ? free : wanted;
    }
}
