// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.DialbackAnswer;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.Stage;
import im.bastion.federation.tester.fact.Starttls;
import im.bastion.federation.tester.fact.StreamFeatures;
import im.bastion.federation.tester.fact.TestStep.Kind;
import im.bastion.federation.tester.fact.TlsFacts;
import im.bastion.federation.tester.fact.TlsOffer;
import im.bastion.federation.tester.net.Budget;
import im.bastion.federation.tester.net.Connection;
import im.bastion.federation.tester.net.StepLog;
import im.bastion.federation.tester.net.TestLimits;
import im.bastion.federation.tls.CertificateNames;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.SocketException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

/**
 * Opens streams to a peer as this server would, up to the point where it would authenticate. Says nothing that a peer could
 * take for more than that: of dialback it only asks whether a key is genuine that nobody has made. One thread.
 */
public final class StreamProbe {
    /** XEP-0368 §4. */
    private static final String ALPN = "xmpp-server";

    private static final int KEY_BITS = 256;
    private static final int ID_BITS = 64;

    /**
     * What was found at an address.
     *
     * @param chain leaf first, as sent; empty without a handshake
     */
    public record Probed(Endpoint endpoint, List<X509Certificate> chain) {}

    private final Budget budget;
    private final StepLog log;
    private final SSLContext tls;
    private final Function<List<X509Certificate>, String> trust;
    private final String from;
    private final PeerName to;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param trust why a chain is not trusted, or null
     * @param from this server's domain
     */
    public StreamProbe(
            Budget budget,
            StepLog log,
            SSLContext tls,
            Function<List<X509Certificate>, String> trust,
            String from,
            PeerName to) {
        this.budget = budget;
        this.log = log;
        this.tls = tls;
        this.trust = trust;
        this.from = from;
        this.to = to;
    }

    /** Goes as far as it gets. */
    public Probed probe(SrvTarget target, InetAddress address) {
        Findings found = new Findings();
        String where = address.getHostAddress() + " port " + target.port();
        try (Connection connection =
                log.take(Kind.CONNECT, where, () -> Connection.open(budget, address, target.port()), c -> "")) {
            found.stage = Stage.NO_STREAM;
            if (target.direct()) {
                found.stage = Stage.NO_HANDSHAKE;
            } else {
                Opened opened = log.take(Kind.STREAM, where, () -> open(connection), o -> words(o.features()));
                found.features = opened.features();
                found.reader = opened.reader();
                found.stage = Stage.NO_TLS;
                if (found.features.starttls() == Starttls.ABSENT) {
                    throw new IOException("it does not offer STARTTLS");
                }
            }
            encrypted(connection, target, where, found);
        } catch (IOException e) {
            found.fault = StepLog.words(e);
        }
        return found.probed(target, address);
    }

    /** Offers each version and class of suites on a connection of its own. */
    public Map<TlsOffer, OfferAnswer> offers(SrvTarget target, InetAddress address) {
        Map<TlsOffer, OfferAnswer> answers = new EnumMap<>(TlsOffer.class);
        try {
            return log.take(
                    Kind.OFFERS,
                    address.getHostAddress() + " port " + target.port(),
                    () -> {
                        for (TlsOffer offer : TlsOffer.values()) {
                            answers.put(offer, offer(offer, target, address));
                        }
                        return answers;
                    },
                    all -> "");
        } catch (IOException e) {
            return answers;
        }
    }

    private OfferAnswer offer(TlsOffer offer, SrvTarget target, InetAddress address) throws IOException {
        var unused = budget.millis(TestLimits.CONNECTION);
        boolean sent = false;
        try (Connection connection = Connection.open(budget, address, target.port())) {
            if (!target.direct()) {
                Opened opened = open(connection);
                proceed(connection, opened.reader());
            }
            connection.send(TlsHello.client(offer, to.ascii(), target.direct() ? ALPN : ""));
            sent = true;
            return TlsHello.server(connection.in(), offer);
        } catch (SocketException e) {
            boolean reset = sent && !StepLog.words(e).equals("no answer in time");
            return reset
                    ? new OfferAnswer(OfferAnswer.Kind.REFUSED, "")
                    : new OfferAnswer(OfferAnswer.Kind.UNKNOWN, StepLog.words(e));
        } catch (IOException e) {
            return new OfferAnswer(OfferAnswer.Kind.UNKNOWN, StepLog.words(e));
        }
    }

    private void encrypted(Connection connection, SrvTarget target, String where, Findings found) throws IOException {
        if (!target.direct()) {
            log.take(Kind.STARTTLS, where, () -> proceed(connection, found.reader), done -> "");
            found.stage = Stage.NO_HANDSHAKE;
        }
        SSLSession session = log.take(
                Kind.HANDSHAKE,
                where,
                () -> connection.startTls(tls, to.ascii(), target.direct() ? ALPN : ""),
                s -> s.getProtocol() + " " + s.getCipherSuite());
        found.chain = Connection.chain(session);
        found.tls = facts(session, connection.agreedProtocol(), found.chain);
        found.stage = Stage.NO_FEATURES;
        Opened opened = log.take(Kind.FEATURES, where, () -> open(connection), o -> words(o.features()));
        if (target.direct()) {
            found.features = opened.features();
        }
        found.external = opened.features().mechanisms().contains("EXTERNAL");
        found.dialbackOffered = opened.features().dialback();
        found.stage = Stage.COMPLETE;
        if (found.dialbackOffered) {
            found.dialback = dialback(connection, opened.reader(), where);
        }
    }

    private record Opened(StreamReader reader, StreamFeatures features) {}

    private Opened open(Connection connection) throws IOException {
        connection.send("<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                + " xmlns:stream='http://etherx.jabber.org/streams' from='" + from + "' to='" + to.unicode()
                + "' version='1.0'>");
        StreamReader reader = new StreamReader(connection.in());
        return new Opened(reader, reader.open());
    }

    /** Whoever adds something behind the word that begins TLS wants it to be taken for a part of the encrypted stream. */
    private static boolean proceed(Connection connection, StreamReader reader) throws IOException {
        connection.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        StreamReader.Element answer = reader.next();
        if (!answer.name().equals("proceed")) {
            throw new IOException("it offers STARTTLS and then refuses it: " + answer.name());
        }
        if (connection.hasUnread()) {
            throw new IOException("it sent clear text behind <proceed/>");
        }
        return true;
    }

    private DialbackAnswer dialback(Connection connection, StreamReader reader, String where) {
        String id = new BigInteger(ID_BITS, random).toString(16);
        String key = new BigInteger(KEY_BITS, random).toString(16);
        try {
            return log.take(
                    Kind.DIALBACK,
                    where,
                    () -> {
                        connection.send("<db:verify from='" + from + "' to='" + to.unicode() + "' id='" + id + "'>"
                                + key + "</db:verify>");
                        return answer(reader, id);
                    },
                    answer -> answer.name().toLowerCase(Locale.ROOT),
                    answer -> answer == DialbackAnswer.REFUSED);
        } catch (IOException e) {
            return DialbackAnswer.SILENCE;
        }
    }

    private static DialbackAnswer answer(StreamReader reader, String id) throws IOException {
        StreamReader.Element answer = reader.next();
        while (!answer.is("jabber:server:dialback", "verify") || !answer.id().equals(id)) {
            answer = reader.next();
        }
        return switch (answer.type()) {
            case "invalid" -> DialbackAnswer.REFUSED;
            case "valid" -> DialbackAnswer.ACCEPTED;
            default -> DialbackAnswer.ERROR;
        };
    }

    private TlsFacts facts(SSLSession session, String application, List<X509Certificate> chain) {
        String distrust = trust.apply(chain);
        return new TlsFacts(
                session.getProtocol(),
                new CipherSuite(session.getCipherSuite()),
                application,
                CertificateSummary.chain(chain),
                distrust == null ? "" : distrust,
                chain.isEmpty() ? NameMatch.NONE : CertificateNames.match(chain.get(0), to.ascii()));
    }

    private static String words(StreamFeatures features) {
        return "STARTTLS " + features.starttls().name().toLowerCase(Locale.ROOT) + ", SASL "
                + (features.mechanisms().isEmpty() ? "none" : String.join(" ", features.mechanisms()))
                + (features.dialback() ? ", dialback" : ", no dialback");
    }

    /** What is known so far. */
    private static final class Findings {
        private Stage stage = Stage.UNREACHABLE;
        private String fault = "";
        private StreamFeatures features;
        private StreamReader reader;
        private TlsFacts tls;
        private List<X509Certificate> chain = List.of();
        private boolean external;
        private boolean dialbackOffered;
        private DialbackAnswer dialback = DialbackAnswer.NOT_ASKED;

        Probed probed(SrvTarget target, InetAddress address) {
            return new Probed(
                    new Endpoint(
                            target,
                            address.getHostAddress(),
                            stage,
                            fault,
                            features,
                            tls,
                            external,
                            dialbackOffered,
                            dialback,
                            Map.of(),
                            Association.NONE,
                            Association.NONE),
                    chain);
        }
    }
}
