// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.tester.dns.NameServers;
import im.bastion.policy.AddressRange;
import im.bastion.policy.Mode;
import im.bastion.settings.Setting;
import java.time.Duration;
import java.util.List;

/** The settings of the federation guard; its rules are policies. */
public final class FederationSettings {
    private static final int MAX_NETWORKS = 64;

    /** How far any federation rule may go. */
    public static final Setting<Mode> MODE = Setting.oneOf("plugin.bastion.federation.mode", Mode.OBSERVE);

    /**
     * How long a refused outgoing session is kept before it is closed, so that a peer that stays broken is not dialled
     * anew for every stanza. Incoming ones are closed at once.
     */
    public static final Setting<Duration> RETRY_PAUSE =
            Setting.seconds("plugin.bastion.federation.retry-pause", Duration.ofSeconds(5), 0, 600);

    /** How long the history of peers is kept. */
    public static final Setting<Integer> HISTORY_DAYS =
            Setting.integer("plugin.bastion.federation.history-days", 30, 1, 400, "days");

    /** How long the keys of a peer that is not seen any more are known, and the alerts about them kept. */
    public static final Setting<Integer> KEY_DAYS =
            Setting.integer("plugin.bastion.federation.key-days", 365, 1, 3_650, "days");

    /** How long before its end a peer's certificate is told of, but not before its last third; 0 for never. */
    public static final Setting<Integer> PEER_EXPIRY_DAYS =
            Setting.integer("plugin.bastion.federation.peer-expiry-days", 7, 0, 365, "days");

    /** How long before its end this server's certificate is told of, but not before its last third; 0 for never. */
    public static final Setting<Integer> OWN_EXPIRY_DAYS =
            Setting.integer("plugin.bastion.federation.own-expiry-days", 14, 0, 365, "days");

    /**
     * Networks that tests of peers may connect to though their addresses are not public, or this machine's own. Peers choose
     * the addresses: what is listed here they can make the server connect to.
     */
    public static final Setting<String> TEST_NETWORKS = Setting.text(
            "plugin.bastion.federation.test-networks",
            "",
            "empty, or at most " + MAX_NETWORKS + " addresses or networks such as 192.0.2.0/24, with commas between",
            text -> {
                networks(text);
                return text;
            });

    /** The name server that tests of peers ask. It must hand out DNSSEC's signatures, or nothing can be said of them. */
    public static final Setting<String> TEST_RESOLVER = Setting.text(
            "plugin.bastion.federation.test-resolver",
            "",
            "empty for the system's, or an IP address, with a port behind # if it is not 53",
            text -> {
                if (!text.isEmpty()) {
                    NameServers.of(text);
                }
                return text;
            });

    /** How long reports of tests are kept. */
    public static final Setting<Integer> TEST_DAYS =
            Setting.integer("plugin.bastion.federation.test-days", 90, 1, 400, "days");

    private FederationSettings() {}

    /** All of them, in the order in which they are shown. */
    public static List<Setting<?>> all() {
        return List.of(
                MODE,
                RETRY_PAUSE,
                HISTORY_DAYS,
                KEY_DAYS,
                PEER_EXPIRY_DAYS,
                OWN_EXPIRY_DAYS,
                TEST_NETWORKS,
                TEST_RESOLVER,
                TEST_DAYS);
    }

    /**
     * The networks in the text of {@link #TEST_NETWORKS}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static List<AddressRange> networks(String text) {
        return AddressRange.list(text, MAX_NETWORKS);
    }
}
