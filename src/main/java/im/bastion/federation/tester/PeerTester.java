// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import im.bastion.federation.tester.dns.ValidatedDns;
import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.PeerFacts;
import im.bastion.federation.tester.fact.PoshDocument;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.Stage;
import im.bastion.federation.tester.fact.TestStep.Kind;
import im.bastion.federation.tester.fact.TlsaRecord;
import im.bastion.federation.tester.net.Budget;
import im.bastion.federation.tester.net.Destinations;
import im.bastion.federation.tester.net.StepLog;
import im.bastion.federation.tester.net.TestLimits;
import im.bastion.federation.tester.posh.PoshFetch;
import im.bastion.federation.tester.stream.PeerName;
import im.bastion.federation.tester.stream.StreamProbe;
import im.bastion.federation.tester.stream.StreamProbe.Probed;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One test of one peer, from its names to the last handshake. Used once, on one thread. */
final class PeerTester {
    private static final int SERVER_PORT = 5269;

    private final Budget budget;
    private final StepLog log;
    private final ValidatedDns dns;
    private final Destinations destinations;
    private final StreamProbe streams;
    private final PoshFetch posh;
    private final PeerName peer;

    private final Map<String, DnsAnswer<InetAddress>> addresses = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private Authenticity authenticity = Authenticity.SECURE;
    private int untold;

    PeerTester(
            Budget budget,
            StepLog log,
            ValidatedDns dns,
            Destinations destinations,
            StreamProbe streams,
            PoshFetch posh,
            PeerName peer) {
        this.budget = budget;
        this.log = log;
        this.dns = dns;
        this.destinations = destinations;
        this.streams = streams;
        this.posh = posh;
        this.peer = peer;
    }

    /** Looks at everything there is time for. */
    PeerFacts run() {
        DnsAnswer<SrvTarget> plain = targets(false);
        DnsAnswer<SrvTarget> direct = targets(true);
        PoshFetch.Fetched published = posh();
        List<Endpoint> endpoints = new ArrayList<>();
        List<SrvTarget> places = places(plain, direct);
        untold += Math.max(0, places.size() - TestLimits.TARGETS);
        for (SrvTarget place : places.subList(0, Math.min(places.size(), TestLimits.TARGETS))) {
            if (!budget.isOver()) {
                endpoints.addAll(look(place, (place.direct() ? direct : plain).authenticity(), published.document()));
            }
        }
        return new PeerFacts(
                peer.ascii(),
                plain,
                direct,
                endpoints,
                published.facts(),
                authenticity,
                untold,
                faults,
                budget.isOver());
    }

    private DnsAnswer<SrvTarget> targets(boolean direct) {
        String name = (direct ? "_xmpps-server._tcp." : "_xmpp-server._tcp.") + peer.ascii();
        return noted(name, told(Kind.SRV, name, () -> dns.targets(direct, peer.ascii()), PeerTester::words));
    }

    /** Where to go: the records' places, or the domain itself when there are none (RFC 6120 §3.2.2). */
    private List<SrvTarget> places(DnsAnswer<SrvTarget> plain, DnsAnswer<SrvTarget> direct) {
        if (plain.records().isEmpty() && direct.records().isEmpty()) {
            return List.of(new SrvTarget(false, peer.ascii(), SERVER_PORT, 0, 0));
        }
        return Stream.concat(plain.records().stream(), direct.records().stream())
                .filter(target -> !target.host().isEmpty())
                .distinct()
                .toList();
    }

    private PoshFetch.Fetched posh() {
        String name = "https://" + peer.ascii() + "/.well-known/posh/xmpp-server.json";
        try {
            return log.take(
                    Kind.POSH,
                    name,
                    () -> posh.of(peer.ascii()),
                    found -> (found.facts().state().name().toLowerCase(Locale.ROOT) + " "
                                    + found.facts().detail())
                            .strip(),
                    found -> found.facts().state() != PoshFacts.State.FAULTY);
        } catch (IOException e) {
            throw new IllegalStateException("fetching reports its faults", e);
        }
    }

    /** Addresses of a host, asked for once. */
    private DnsAnswer<InetAddress> addresses(String host) {
        DnsAnswer<InetAddress> known = addresses.get(host);
        if (known == null) {
            known = noted(host, told(Kind.ADDRESSES, host, () -> dns.addresses(host), PeerTester::words));
            addresses.put(host, known);
        }
        return known;
    }

    /** @param named what DNSSEC says of the records that named the place */
    private List<Endpoint> look(SrvTarget place, Authenticity named, PoshDocument published) {
        DnsAnswer<InetAddress> found = addresses(place.host());
        untold += found.untold();
        String name = "_" + place.port() + "._tcp." + place.host();
        DnsAnswer<TlsaRecord> tlsa =
                told(Kind.TLSA, name, () -> dns.tlsa(place.host(), place.port()), PeerTester::words);
        if (tlsa.isFaulty()) {
            var unused = noted(name, tlsa);
        }
        boolean secure = named.and(found.authenticity()).and(tlsa.authenticity()) == Authenticity.SECURE;
        List<Endpoint> endpoints = new ArrayList<>();
        if (found.records().isEmpty()) {
            endpoints.add(Endpoint.unreached(place, "", Stage.UNREACHABLE, "its name has no address"));
        }
        boolean asked = false;
        for (InetAddress address : reachable(found.records())) {
            if (budget.isOver()) {
                break;
            }
            String refusal = destinations.refusal(address);
            if (refusal != null) {
                endpoints.add(Endpoint.unreached(place, address.getHostAddress(), Stage.NOT_ALLOWED, refusal));
                continue;
            }
            Probed probed = streams.probe(place, address);
            boolean hasTls = probed.endpoint().stage().compareTo(Stage.NO_HANDSHAKE) >= 0;
            Endpoint endpoint = probed.endpoint();
            endpoints.add(endpoint.with(
                    hasTls && !asked ? streams.offers(place, address) : Map.of(),
                    dane(tlsa.records(), secure, probed),
                    posh(published, probed.chain())));
            asked |= hasTls;
        }
        return endpoints;
    }

    /** A machine without IPv6 says nothing of who has it, unless the peer has nothing else. */
    private List<InetAddress> reachable(List<InetAddress> all) {
        boolean hasFour = all.stream().anyMatch(Inet4Address.class::isInstance);
        return all.stream()
                .filter(address -> !hasFour || destinations.speaks(address))
                .toList();
    }

    private static Association dane(List<TlsaRecord> records, boolean secure, Probed probed) {
        if (records.isEmpty() || probed.chain().isEmpty()) {
            return Association.NONE;
        }
        if (!secure) {
            return Association.NOT_SECURE;
        }
        List<TlsaRecord> usable = records.stream().filter(TlsaRecord::isUsable).toList();
        if (usable.isEmpty()) {
            return Association.UNUSABLE;
        }
        boolean trusted = probed.endpoint().tls().isTrusted();
        return usable.stream().anyMatch(record -> record.matches(probed.chain(), trusted))
                ? Association.MATCHES
                : Association.DIFFERS;
    }

    private static Association posh(PoshDocument published, List<X509Certificate> chain) {
        if (published == null || chain.isEmpty()) {
            return Association.NONE;
        }
        return published.matches(chain.get(0)) ? Association.MATCHES : Association.DIFFERS;
    }

    private <T> DnsAnswer<T> noted(String name, DnsAnswer<T> answer) {
        authenticity = authenticity.and(answer.authenticity());
        if (answer.isFaulty()) {
            faults.add(name + ": " + answer.fault());
        }
        return answer;
    }

    private <T> DnsAnswer<T> told(
            Kind kind, String name, StepLog.Action<DnsAnswer<T>> question, Function<DnsAnswer<T>, String> words) {
        try {
            return log.take(kind, name, question, words, answer -> !answer.isFaulty());
        } catch (IOException e) {
            throw new IllegalStateException("questions report their faults", e);
        }
    }

    private static <T> String words(DnsAnswer<T> answer) {
        String found = answer.isFaulty() && answer.records().isEmpty()
                ? "the answer " + answer.fault()
                : answer.records().isEmpty()
                        ? "none"
                        : answer.records().stream().map(PeerTester::word).collect(Collectors.joining(", "));
        return found + " (DNSSEC: " + answer.authenticity().name().toLowerCase(Locale.ROOT)
                + (answer.isFaulty() && !answer.records().isEmpty() ? "; the answer " + answer.fault() : "") + ")";
    }

    private static String word(Object record) {
        if (record instanceof InetAddress address) {
            return address.getHostAddress();
        }
        return record instanceof SrvTarget target
                ? "%s port %d, priority %d, weight %d"
                        .formatted(
                                target.host().isEmpty() ? "." : target.host(),
                                target.port(),
                                target.priority(),
                                target.weight())
                : String.valueOf(record);
    }
}
