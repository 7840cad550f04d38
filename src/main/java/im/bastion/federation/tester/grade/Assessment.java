// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.grade;

import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DialbackAnswer;
import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.PeerFacts;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.Stage;
import im.bastion.federation.tester.fact.Starttls;
import im.bastion.federation.tester.fact.TlsFacts;
import im.bastion.federation.tester.fact.TlsOffer;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.NameMatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The grade with its reasons. What is said of one address is said of the peer: others may be sent there.
 *
 * @param grade T when everything but the certificate would give {@code ignoringTrust}
 * @param ignoringTrust the grade if the certificate were trusted
 * @param remarks the worst first
 */
public record Assessment(Grade grade, Grade ignoringTrust, List<Remark> remarks) {
    private static final int MIN_RSA_BITS = 2_048;
    private static final int MIN_EC_BITS = 224;
    private static final Duration SOON = Duration.ofDays(7);

    public Assessment {
        Objects.requireNonNull(grade);
        Objects.requireNonNull(ignoringTrust);
        remarks = List.copyOf(remarks);
    }

    /** Judges what was found. */
    public static Assessment of(PeerFacts facts, Instant now) {
        List<Remark> remarks = new ArrayList<>();
        ofNames(facts, remarks);
        List<Endpoint> tried = facts.endpoints().stream()
                .filter(endpoint -> endpoint.stage() != Stage.NOT_ALLOWED)
                .toList();
        boolean reached = tried.stream().anyMatch(endpoint -> endpoint.stage() != Stage.UNREACHABLE);
        for (Endpoint endpoint : facts.endpoints()) {
            ofWay(endpoint, reached, remarks);
            if (endpoint.tls() != null) {
                ofCertificate(endpoint, now, remarks);
            }
            ofOffers(endpoint, remarks);
            ofStream(endpoint, remarks);
        }
        if (facts.endpoints().isEmpty() && remarks.stream().noneMatch(r -> r.finding() == Finding.NOT_FEDERATED)) {
            remarks.add(new Remark(Finding.UNREACHABLE, ""));
        }
        return of(remarks);
    }

    private static Assessment of(List<Remark> remarks) {
        List<Remark> ordered = remarks.stream()
                .distinct()
                .sorted(Comparator.comparing(Remark::finding))
                .toList();
        Grade ignoring = ordered.stream()
                .map(remark -> remark.finding().best())
                .filter(best -> best != Grade.T)
                .reduce(Grade.A, Grade::worse);
        boolean untrusted = ordered.stream().anyMatch(remark -> remark.finding().best() == Grade.T);
        return new Assessment(untrusted && ignoring != Grade.F ? Grade.T : ignoring, ignoring, ordered);
    }

    private static void ofNames(PeerFacts facts, List<Remark> remarks) {
        if (facts.authenticity() == Authenticity.BOGUS) {
            remarks.add(new Remark(Finding.BOGUS_DNS, ""));
        }
        facts.dnsFaults().forEach(fault -> remarks.add(new Remark(Finding.DNS_FAULT, fault)));
        if (isDenied(facts.plain())
                && (isDenied(facts.direct()) || facts.direct().records().isEmpty())) {
            remarks.add(new Remark(Finding.NOT_FEDERATED, ""));
        } else if (hasNone(facts.plain()) && hasNone(facts.direct())) {
            remarks.add(new Remark(Finding.NO_SRV, ""));
        }
        if (facts.untold() > 0) {
            remarks.add(new Remark(Finding.MUCH_UNTOLD, String.valueOf(facts.untold())));
        }
        if (facts.posh().state() == PoshFacts.State.FAULTY) {
            remarks.add(new Remark(Finding.POSH_FAULT, facts.posh().detail()));
        }
        if (facts.cut()) {
            remarks.add(new Remark(Finding.TEST_CUT_SHORT, ""));
        }
    }

    private static boolean hasNone(DnsAnswer<SrvTarget> answer) {
        return answer.records().isEmpty() && !answer.isFaulty();
    }

    /** A target that is the root says that there is no such service (RFC 2782). */
    private static boolean isDenied(DnsAnswer<SrvTarget> answer) {
        return !answer.records().isEmpty()
                && answer.records().stream().allMatch(target -> target.host().isEmpty());
    }

    private static void ofWay(Endpoint endpoint, boolean reached, List<Remark> remarks) {
        String detail = place(endpoint) + ": " + endpoint.fault();
        switch (endpoint.stage()) {
            case NOT_ALLOWED -> remarks.add(new Remark(Finding.ADDRESS_NOT_ALLOWED, detail));
            case UNREACHABLE ->
                remarks.add(new Remark(reached ? Finding.PARTLY_UNREACHABLE : Finding.UNREACHABLE, detail));
            case NO_STREAM -> remarks.add(new Remark(Finding.NO_STREAM, detail));
            case NO_TLS -> remarks.add(new Remark(Finding.NO_ENCRYPTION, detail));
            case NO_HANDSHAKE -> remarks.add(new Remark(Finding.HANDSHAKE_FAILS, detail));
            case NO_FEATURES -> remarks.add(new Remark(Finding.STREAM_BREAKS, detail));
            case COMPLETE -> {
                // Nothing stopped the test.
            }
        }
    }

    private static void ofCertificate(Endpoint endpoint, Instant now, List<Remark> remarks) {
        TlsFacts tls = endpoint.tls();
        boolean vouchedFor = endpoint.dane() == Association.MATCHES || (endpoint.posh() == Association.MATCHES);
        if (!vouchedFor && !tls.distrust().isEmpty()) {
            remarks.add(new Remark(Finding.NOT_TRUSTED, place(endpoint) + ": " + tls.distrust()));
        }
        if (!vouchedFor && tls.name() != NameMatch.MATCHES) {
            remarks.add(new Remark(Finding.WRONG_NAME, place(endpoint)));
        }
        if (endpoint.dane() == Association.DIFFERS) {
            remarks.add(new Remark(Finding.DANE_MISMATCH, place(endpoint)));
        }
        if (endpoint.dane() == Association.NOT_SECURE || endpoint.dane() == Association.UNUSABLE) {
            remarks.add(new Remark(Finding.DANE_NOT_SECURE, place(endpoint)));
        }
        if (endpoint.posh() == Association.DIFFERS) {
            remarks.add(new Remark(Finding.POSH_MISMATCH, place(endpoint)));
        }
        if (tls.chain().isEmpty()) {
            return;
        }
        CertificateSummary leaf = tls.chain().get(0);
        if (isWeak(leaf.key())) {
            remarks.add(new Remark(Finding.WEAK_KEY, leaf.key()));
        }
        if (leaf.notAfter().isAfter(now) && leaf.notAfter().isBefore(now.plus(SOON))) {
            remarks.add(
                    new Remark(Finding.CERTIFICATE_ENDS_SOON, leaf.notAfter().toString()));
        }
    }

    /** @param key for example "RSA 2048", as {@link CertificateSummary} writes it */
    private static boolean isWeak(String key) {
        String[] parts = key.split(" ", 2);
        if (parts.length < 2 || !parts[1].matches("\\d{1,6}")) {
            return false;
        }
        int bits = Integer.parseInt(parts[1]);
        return (parts[0].equals("RSA") && bits < MIN_RSA_BITS) || (parts[0].equals("EC") && bits < MIN_EC_BITS);
    }

    private static void ofOffers(Endpoint endpoint, List<Remark> remarks) {
        if (endpoint.offers().isEmpty()) {
            return;
        }
        boolean speaks13 = endpoint.accepts(TlsOffer.TLS_1_3)
                || (endpoint.tls() != null && endpoint.tls().protocol().equals("TLSv1.3"));
        if (!speaks13) {
            remarks.add(new Remark(Finding.NO_TLS_1_3, place(endpoint)));
        }
        ofOffer(endpoint, TlsOffer.TLS_1_0, Finding.OLD_TLS, remarks);
        ofOffer(endpoint, TlsOffer.TLS_1_1, Finding.OLD_TLS, remarks);
        ofOffer(endpoint, TlsOffer.WEAK, Finding.WEAK_CIPHERS, remarks);
        ofOffer(endpoint, TlsOffer.NO_FORWARD_SECRECY, Finding.NO_FORWARD_SECRECY, remarks);
        ofOffer(endpoint, TlsOffer.CBC, Finding.CBC_CIPHERS, remarks);
    }

    private static void ofOffer(Endpoint endpoint, TlsOffer offer, Finding finding, List<Remark> remarks) {
        if (endpoint.accepts(offer)) {
            String version = offer == TlsOffer.TLS_1_0 ? "TLS 1.0, " : offer == TlsOffer.TLS_1_1 ? "TLS 1.1, " : "";
            remarks.add(new Remark(
                    finding,
                    place(endpoint) + ": " + version
                            + endpoint.offers().get(offer).detail()));
        }
    }

    private static void ofStream(Endpoint endpoint, List<Remark> remarks) {
        if (endpoint.dialback() == DialbackAnswer.ACCEPTED) {
            remarks.add(new Remark(Finding.ACCEPTS_ANY_KEY, place(endpoint)));
        }
        if (endpoint.stage() != Stage.COMPLETE) {
            return;
        }
        if (!endpoint.target().direct() && endpoint.features().starttls() == Starttls.OFFERED) {
            remarks.add(new Remark(Finding.PLAIN_TEXT_ALLOWED, place(endpoint)));
        }
        if (endpoint.dialback() == DialbackAnswer.ERROR || endpoint.dialback() == DialbackAnswer.SILENCE) {
            remarks.add(new Remark(Finding.DIALBACK_FAILS, place(endpoint)));
        }
        if (!endpoint.external() && !endpoint.dialbackOffered()) {
            remarks.add(new Remark(Finding.NO_AUTHENTICATION, place(endpoint)));
        }
    }

    private static String place(Endpoint endpoint) {
        String where = endpoint.address().isEmpty() ? endpoint.target().host() : endpoint.address();
        return where + " port " + endpoint.target().port();
    }
}
