// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.TlsaRecord;
import im.bastion.federation.tester.net.Budget;
import im.bastion.federation.tester.net.TestLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/**
 * The questions of one test. Signatures are checked here, from the root's key down: what the name server says of them is not
 * believed. An answer that fails the check is still looked at, and said to fail. One thread.
 */
public final class ValidatedDns {
    private static final int MAX_ALIASES = 8;
    private static final int EDNS_PAYLOAD = 1_232;

    private final List<InetSocketAddress> servers;
    private final String anchors;
    private final Budget budget;
    private SimpleResolver plain;
    private ValidatingResolver validating;

    /**
     * @param servers asked in this order until one answers
     * @param anchors DS records of the zone that everything is trusted from, as in a zone file
     */
    public ValidatedDns(List<InetSocketAddress> servers, String anchors, Budget budget) {
        this.servers = List.copyOf(servers);
        this.anchors = anchors;
        this.budget = budget;
    }

    /**
     * The places of one service, in the order in which they are to be tried.
     *
     * @param direct "xmpps-server" (XEP-0368) and not "xmpp-server" (RFC 6120 §3.2.1)
     */
    public DnsAnswer<SrvTarget> targets(boolean direct, String domain) {
        String name = (direct ? "_xmpps-server" : "_xmpp-server") + "._tcp." + domain;
        DnsAnswer<SrvTarget> found = ask(
                name,
                Type.SRV,
                SRVRecord.class,
                srv -> new SrvTarget(direct, host(srv.getTarget()), srv.getPort(), srv.getPriority(), srv.getWeight()));
        return new DnsAnswer<>(
                found.records().stream().sorted(SrvTarget.ORDER).toList(),
                found.untold(),
                found.authenticity(),
                found.fault());
    }

    /** The addresses of a host, {@link TestLimits#ADDRESSES} of each family at most. */
    public DnsAnswer<InetAddress> addresses(String host) {
        DnsAnswer<InetAddress> four = ask(host, Type.A, ARecord.class, ARecord::getAddress);
        DnsAnswer<InetAddress> six = ask(host, Type.AAAA, AAAARecord.class, AAAARecord::getAddress);
        List<InetAddress> all = new ArrayList<>();
        four.records().stream().limit(TestLimits.ADDRESSES).forEach(all::add);
        six.records().stream().limit(TestLimits.ADDRESSES).forEach(all::add);
        return new DnsAnswer<>(
                all,
                four.records().size() + four.untold() + six.records().size() + six.untold() - all.size(),
                four.authenticity().and(six.authenticity()),
                four.isFaulty() ? four.fault() : six.fault());
    }

    /** The TLSA records of a place (RFC 7673 §4). */
    public DnsAnswer<TlsaRecord> tlsa(String host, int port) {
        return ask(
                "_" + port + "._tcp." + host,
                Type.TLSA,
                TLSARecord.class,
                tlsa -> TlsaRecord.of(
                        tlsa.getCertificateUsage(),
                        tlsa.getSelector(),
                        tlsa.getMatchingType(),
                        tlsa.getCertificateAssociationData()));
    }

    private <R extends Record, T> DnsAnswer<T> ask(String text, int type, Class<R> kind, Function<R, T> reader) {
        Name name;
        try {
            name = Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            return DnsAnswer.failed(Authenticity.UNKNOWN, "cannot be asked for: " + e.getMessage());
        }
        try {
            return read(send(name, type), name, kind, reader);
        } catch (IOException e) {
            return DnsAnswer.failed(Authenticity.UNKNOWN, "did not come: " + words(e));
        }
    }

    /** The whole answer, with what is known of it. */
    record Reply(Message message, Authenticity authenticity, String fault) {}

    private Reply send(Name name, int type) throws IOException {
        if (plain == null) {
            choose();
        }
        Record question = Record.newRecord(name, type, DClass.IN);
        if (validating == null) {
            return new Reply(send(plain, question), Authenticity.UNKNOWN, "");
        }
        Message checked = send(validating, question);
        if (checked.getHeader().getFlag(Flags.AD)) {
            return new Reply(checked, Authenticity.SECURE, "");
        }
        if (checked.getRcode() != Rcode.SERVFAIL) {
            return new Reply(checked, Authenticity.INSECURE, "");
        }
        Message unchecked = send(plain, question);
        boolean bogus = unchecked.getRcode() != Rcode.SERVFAIL;
        return new Reply(
                unchecked,
                bogus ? Authenticity.BOGUS : Authenticity.UNKNOWN,
                bogus ? "fails DNSSEC: " + reason(checked) : "");
    }

    /** The first server that answers; without validation when it hands out no signatures. */
    private void choose() throws IOException {
        IOException last = new IOException("no name server is known");
        for (InetSocketAddress server : servers) {
            SimpleResolver candidate = new SimpleResolver(server);
            candidate.setIoClientFactory(new BoundedClient(budget));
            candidate.setTimeout(TestLimits.QUERY);
            candidate.setEDNS(0, EDNS_PAYLOAD, ExtendedFlags.DO, List.of());
            try {
                Message root = send(candidate, Record.newRecord(Name.root, Type.DNSKEY, DClass.IN));
                plain = candidate;
                if (root.getSection(Section.ANSWER).stream().anyMatch(record -> record.getType() == Type.RRSIG)) {
                    validating = new ValidatingResolver(candidate);
                    validating.loadTrustAnchors(new ByteArrayInputStream(anchors.getBytes(StandardCharsets.US_ASCII)));
                }
                return;
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** The executor is this thread: the client below answers before it returns. */
    private static Message send(Resolver resolver, Record question) throws IOException {
        Message query = Message.newQuery(question);
        try {
            return resolver.sendAsync(query, Runnable::run)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(words(e.getCause()), e);
        }
    }

    /** Of what was answered, the records of that kind at the name or behind its aliases. */
    static <R extends Record, T> DnsAnswer<T> read(Reply reply, Name name, Class<R> kind, Function<R, T> reader) {
        int rcode = reply.message().getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            return DnsAnswer.failed(reply.authenticity(), "is an error: " + Rcode.string(rcode));
        }
        List<Record> answer = reply.message().getSection(Section.ANSWER);
        Set<Name> seen = new TreeSet<>();
        for (Name at = name; seen.add(at); at = alias(answer, at)) {
            Name owner = at;
            List<R> records = answer.stream()
                    .filter(record -> record.getName().equals(owner))
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .toList();
            if (!records.isEmpty() || alias(answer, at) == null) {
                List<T> read =
                        records.stream().limit(TestLimits.RECORDS).map(reader).toList();
                return new DnsAnswer<>(read, records.size() - read.size(), reply.authenticity(), reply.fault());
            }
            if (seen.size() > MAX_ALIASES) {
                return DnsAnswer.failed(reply.authenticity(), "leads over more than " + MAX_ALIASES + " aliases");
            }
        }
        return DnsAnswer.failed(reply.authenticity(), "leads in a circle of aliases");
    }

    private static Name alias(List<Record> answer, Name at) {
        return answer.stream()
                .filter(record ->
                        record instanceof CNAMERecord && record.getName().equals(at))
                .map(record -> ((CNAMERecord) record).getTarget())
                .findFirst()
                .orElse(null);
    }

    /** In the words of RFC 8914. */
    private static String reason(Message checked) {
        OPTRecord options = checked.getOPT();
        if (options != null) {
            for (EDNSOption option : options.getOptions()) {
                if (option instanceof ExtendedErrorCodeOption error) {
                    return ExtendedErrorCodeOption.text(error.getErrorCode()).replace('_', ' ');
                }
            }
        }
        return "the signatures do not lead to the root's key";
    }

    private static String host(Name target) {
        return target.toString(true).equals(".") || target.labels() <= 1 ? "" : target.toString(true);
    }

    private static String words(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
