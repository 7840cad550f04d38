// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The peer addresses an allocation may exchange data with (RFC 8656 §9). Data does not refresh them. */
final class Permissions {
    static final long LIFE_SECONDS = 300;
    /** Many times what the candidates of one call need. */
    static final int MAX = 128;

    /** One address, with its bytes at hand for Data indications. */
    static final class Permission {
        private final byte[] address;
        private long deadlineNanos;

        private Permission(InetAddress address) {
            this.address = address.getAddress();
        }

        /** The address as bytes; not to be changed. */
        byte[] address() {
            return address;
        }
    }

    private final Map<InetAddress, Permission> byAddress = new HashMap<>();

    /** Installs or refreshes all of them, or none and says false when they would become too many. */
    boolean install(Collection<InetAddress> addresses, Moment now) {
        expire(now);
        Set<InetAddress> added = new HashSet<>(addresses);
        added.removeAll(byAddress.keySet());
        if (byAddress.size() + added.size() > MAX) {
            return false;
        }
        long deadline = now.nanosIn(LIFE_SECONDS);
        addresses.forEach(address -> byAddress.computeIfAbsent(address, Permission::new).deadlineNanos = deadline);
        return true;
    }

    /** The live permission for the address, or null. */
    Permission find(InetAddress address, Moment now) {
        Permission permission = byAddress.get(address);
        return permission != null && now.isBefore(permission.deadlineNanos) ? permission : null;
    }

    void expire(Moment now) {
        byAddress.values().removeIf(permission -> !now.isBefore(permission.deadlineNanos));
    }

    void withdraw(Predicate<InetAddress> which) {
        byAddress.keySet().removeIf(which);
    }

    /** The addresses, also those whose permission has just run out. */
    Set<InetAddress> addresses() {
        return byAddress.keySet();
    }

    int size() {
        return byAddress.size();
    }
}
