// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.relay.OutsideTest;
import im.bastion.relay.RelayState;
import im.bastion.relay.selftest.Attempt;
import im.bastion.relay.selftest.SelfTestReport;
import im.bastion.relay.setup.DnsRecords;
import im.bastion.relay.setup.Firewall;
import java.util.List;
import java.util.Locale;

/**
 * The relay.
 *
 * @param absent whether that part of Bastion could not start
 * @param state null when it does not run
 * @param tested null when nothing was tested
 * @param outside what a test from outside needs; null unless it was asked for
 * @param domain the XMPP domain
 */
public record RelayView(
        Frame frame,
        GuardCard guard,
        boolean absent,
        RelayState state,
        SelfTestReport tested,
        OutsideTest outside,
        String domain,
        List<RelayField> place,
        List<RelayField> limits) {
    /** An address that stands for the admin's own in what is to be pasted (RFC 5737). */
    private static final String EXAMPLE_PEER = "198.51.100.7";

    /** What to say to a firewall. */
    public String firewall(Firewall kind) {
        return kind.text(state.openings());
    }

    /** What to write into the zone. */
    public String dns() {
        String name = state.name().isEmpty() ? "turn." + domain : state.name();
        return DnsRecords.text(domain, name, state.advertised(), state.services());
    }

    /** For example "UDP 3478". */
    public static String port(Attempt attempt) {
        String protocol =
                switch (attempt.way().leg()) {
                    case UDP -> "UDP ";
                    case DTLS -> "DTLS (UDP) ";
                    case TCP -> "TCP ";
                    case TLS -> "TLS (TCP) ";
                };
        return protocol + attempt.way().server().getPort();
    }

    /** How long the whole way took, in milliseconds. */
    public static String millis(long micros) {
        return String.format(Locale.ENGLISH, "%.1f", micros / 1_000.0);
    }

    /** Commands for coturn's client on another machine. */
    public String commands() {
        String host = state.host();
        String begin = "turnutils_uclient -u %s -w %s -p %d -X -c -n 50 "
                .formatted(
                        outside.username(), outside.password(), state.services().port());
        return "turnutils_stunclient -p %d %s%n".formatted(state.services().port(), host)
                + begin + "-y " + host + "\n"
                + begin + "-y -t " + host + "\n"
                + "turnutils_peer -L %s -p 3480 &%n".formatted(EXAMPLE_PEER)
                + begin + "-e %s -r 3480 %s".formatted(EXAMPLE_PEER, host);
    }
}
