// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import java.util.List;

/**
 * All that a test has found.
 *
 * @param plain places for STARTTLS, from SRV records
 * @param direct places for direct TLS, from SRV records
 * @param endpoints every address that was looked at
 * @param authenticity what DNSSEC says of all names on the way to them
 * @param untold places and addresses that there were beyond
 * @param dnsFaults what is wrong with answers of the DNS, "name: what"
 * @param cut whether the time was over before everything was looked at
 */
public record PeerFacts(
        String domain,
        DnsAnswer<SrvTarget> plain,
        DnsAnswer<SrvTarget> direct,
        List<Endpoint> endpoints,
        PoshFacts posh,
        Authenticity authenticity,
        int untold,
        List<String> dnsFaults,
        boolean cut) {
    private static final int MAX_FAULTS = 20;

    public PeerFacts {
        endpoints = List.copyOf(endpoints);
        dnsFaults = dnsFaults.stream().distinct().limit(MAX_FAULTS).toList();
    }
}
