// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.posh;

import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.PoshDocument;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.net.Budget;
import im.bastion.federation.tester.net.Connection;
import im.bastion.federation.tester.net.Destinations;
import im.bastion.federation.tester.net.StepLog;
import im.bastion.federation.tls.CertificateNames;
import im.bastion.federation.tls.NameMatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * Fetches a peer's POSH file (RFC 7711 §3). Each address on the way, the peer's, those of redirections and that of a reference,
 * must be https on the one port, at a host with a valid certificate whose address a test may connect to. One thread.
 */
public final class PoshFetch {
    /** Where HTTPS is. */
    public static final int HTTPS_PORT = 443;

    private static final int MAX_REDIRECTS = 5;

    /**
     * What came of it.
     *
     * @param document null unless there is one that can be used
     */
    public record Fetched(PoshFacts facts, PoshDocument document) {}

    private final Budget budget;
    private final Destinations destinations;
    private final Function<String, DnsAnswer<InetAddress>> addresses;
    private final SSLContext tls;
    private final Function<List<X509Certificate>, String> trust;
    private final int port;

    /**
     * @param addresses asks the DNS
     * @param trust why a chain is not trusted, or null
     * @param port the only one that is connected to
     */
    public PoshFetch(
            Budget budget,
            Destinations destinations,
            Function<String, DnsAnswer<InetAddress>> addresses,
            SSLContext tls,
            Function<List<X509Certificate>, String> trust,
            int port) {
        this.budget = budget;
        this.destinations = destinations;
        this.addresses = addresses;
        this.tls = tls;
        this.trust = trust;
        this.port = port;
    }

    /** Nothing is published, something is, or something that cannot be used. */
    public Fetched of(String domain) {
        URI address = URI.create("https://" + domain + "/.well-known/posh/xmpp-server.json");
        HttpAnswer answer;
        try {
            answer = get(address);
        } catch (NoServer e) {
            // Most domains have no web server that could say that there is nothing.
            return new Fetched(new PoshFacts(PoshFacts.State.ABSENT, StepLog.words(e)), null);
        } catch (IOException e) {
            return new Fetched(new PoshFacts(PoshFacts.State.FAULTY, StepLog.words(e)), null);
        }
        if (answer.status() / 100 == 4) {
            return new Fetched(new PoshFacts(PoshFacts.State.ABSENT, "HTTP status " + answer.status()), null);
        }
        try {
            PoshDocument document = PoshDocument.read(followed(address, answer));
            if (document.reference() != null) {
                URI reference = document.reference();
                document = PoshDocument.read(followed(reference, get(reference)));
                if (document.reference() != null) {
                    throw new IOException("it refers to a file that refers to another one");
                }
            }
            return new Fetched(new PoshFacts(PoshFacts.State.PRESENT, ""), document);
        } catch (IOException e) {
            return new Fetched(new PoshFacts(PoshFacts.State.FAULTY, StepLog.words(e)), null);
        } catch (IllegalArgumentException e) {
            return new Fetched(new PoshFacts(PoshFacts.State.FAULTY, "it " + e.getMessage()), null);
        }
    }

    /** The file that the redirections lead to. */
    private String followed(URI address, HttpAnswer answer) throws IOException {
        URI at = address;
        HttpAnswer last = answer;
        for (int redirects = 0; last.status() / 100 == 3; redirects++) {
            if (redirects == MAX_REDIRECTS) {
                throw new IOException("it redirects more than " + MAX_REDIRECTS + " times");
            }
            at = PoshDocument.address(at.resolve(last.location()).toString());
            last = get(at);
        }
        if (last.status() != 200) {
            throw new IOException("HTTP status " + last.status());
        }
        return last.body();
    }

    private HttpAnswer get(URI address) throws IOException {
        String host = address.getHost();
        if (address.getPort() >= 0 && address.getPort() != port) {
            throw new IOException("it leads to port " + address.getPort());
        }
        try (Connection connection = connect(host)) {
            String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            connection.send("GET " + path + query + " HTTP/1.0\r\nHost: " + host
                    + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n");
            return HttpAnswer.read(connection.in());
        }
    }

    private Connection connect(String host) throws NoServer {
        Connection connection = null;
        try {
            connection = Connection.open(budget, reachable(host), port);
            List<X509Certificate> chain = Connection.chain(connection.startTls(tls, host, "http/1.1"));
            String distrust = trust.apply(chain);
            if (distrust != null) {
                throw new IOException("the certificate of " + host + " is not trusted: " + distrust);
            }
            if (CertificateNames.match(chain.get(0), host) != NameMatch.MATCHES) {
                throw new IOException("the certificate of " + host + " is for another host");
            }
            return connection;
        } catch (IOException e) {
            if (connection != null) {
                connection.close();
            }
            throw new NoServer(StepLog.words(e), e);
        }
    }

    /** There is no web server that could be asked. */
    private static final class NoServer extends IOException {
        private static final long serialVersionUID = 1L;

        NoServer(String why, IOException cause) {
            super(why, cause);
        }
    }

    private InetAddress reachable(String host) throws IOException {
        DnsAnswer<InetAddress> answer = addresses.apply(host);
        if (answer.records().isEmpty()) {
            throw new IOException(host + " has no address");
        }
        InetAddress first = answer.records().get(0);
        String refusal = destinations.refusal(first);
        if (refusal != null) {
            throw new IOException("the address of " + host + ", " + first.getHostAddress() + ", " + refusal);
        }
        return first;
    }
}
