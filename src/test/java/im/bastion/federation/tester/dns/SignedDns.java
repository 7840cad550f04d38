// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A name server on loopback, UDP and TCP, whose root is the zone of all names and is signed with a key of the test (RFC 4035);
 * what is not there is denied with a record of the name itself (RFC 9824). Names can be made to misbehave.
 */
public final class SignedDns implements AutoCloseable {
    private static final int TTL = 60;
    private static final int MAX_DATAGRAM = 1_232;
    private static final Name AFTER = label("\\000");

    private final Map<Name, List<Record>> records = new ConcurrentHashMap<>();
    private final Set<Name> insecure = new CopyOnWriteArraySet<>();
    private final Set<Name> forged = new CopyOnWriteArraySet<>();
    private final Set<Name> silent = new CopyOnWriteArraySet<>();
    private final DatagramSocket datagrams;
    private final ServerSocket streams;
    private final KeyPair keys;
    private final DNSKEYRecord key;
    private volatile boolean signs = true;

    public SignedDns() {
        try {
            streams = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            datagrams = new DatagramSocket(streams.getLocalPort(), InetAddress.getLoopbackAddress());
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
            key = new DNSKEYRecord(
                    Name.root, DClass.IN, TTL, 0x0101, 3, DNSSEC.Algorithm.ECDSAP256SHA256, keys.getPublic());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
        records.put(Name.root, new CopyOnWriteArrayList<>(List.of(key)));
        start(this::serveDatagrams);
        start(this::serveStreams);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), streams.getLocalPort());
    }

    /** What must be trusted for its answers to be secure. */
    public String anchors() {
        return new DSRecord(Name.root, DClass.IN, TTL, DNSSEC.Digest.SHA256, key).toString();
    }

    /** Adds a record as in a zone file, for example "SRV 0 5 5269 xmpp.peer.test.". */
    public SignedDns put(String name, String text) {
        String[] parts = text.split(" ", 2);
        try {
            records.computeIfAbsent(name(name), n -> new CopyOnWriteArrayList<>())
                    .add(Record.fromString(name(name), Type.value(parts[0]), DClass.IN, TTL, parts[1], Name.root));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything at and below the name is in a zone of its own that is not signed. */
    public SignedDns insecure(String zone) {
        insecure.add(name(zone));
        return this;
    }

    /** The signatures of what is at the name are wrong. */
    public SignedDns forge(String name) {
        forged.add(name(name));
        return this;
    }

    /** Questions about the name are not answered. */
    public SignedDns silence(String name) {
        silent.add(name(name));
        return this;
    }

    /** Hands out no signatures, like many a resolver of an access provider. */
    public SignedDns withoutSignatures() {
        signs = false;
        return this;
    }

    @Override
    public void close() {
        datagrams.close();
        try {
            streams.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        Name at = question.getName();
        for (int hop = 0; hop < 20; hop++) {
            RRset found = set(at, question.getType());
            RRset alias = set(at, Type.CNAME);
            if (found.size() > 0 || alias.size() == 0) {
                if (found.size() > 0) {
                    add(found, answer, Section.ANSWER);
                } else {
                    deny(at, answer);
                }
                return answer;
            }
            add(alias, answer, Section.ANSWER);
            at = ((CNAMERecord) alias.first()).getTarget();
        }
        return answer;
    }

    private RRset set(Name at, int type) {
        RRset set = new RRset();
        records.getOrDefault(at, List.of()).stream()
                .filter(record -> record.getType() == type)
                .forEach(set::addRR);
        return set;
    }

    /** An unsigned zone below is a name with name servers and no key for them. */
    private void deny(Name at, Message answer) {
        if (isInsecure(at) && !insecure.contains(at)) {
            answer.addRecord(start(at), Section.AUTHORITY);
            return;
        }
        int[] types =
                insecure.contains(at) ? new int[] {Type.NS, Type.RRSIG, Type.NSEC} : new int[] {Type.RRSIG, Type.NSEC};
        RRset nsec = new RRset();
        try {
            nsec.addRR(new NSECRecord(at, DClass.IN, TTL, Name.concatenate(AFTER, at), types));
        } catch (org.xbill.DNS.NameTooLongException e) {
            throw new IllegalStateException(e);
        }
        for (Record record : signed(nsec)) {
            answer.addRecord(record, Section.AUTHORITY);
        }
    }

    /** Of the unsigned zone: every denial carries it (RFC 2308 §3). */
    private SOARecord start(Name at) {
        Name zone = insecure.stream().filter(at::subdomain).findFirst().orElseThrow();
        return new SOARecord(zone, DClass.IN, TTL, zone, zone, 1, TTL, TTL, TTL, TTL);
    }

    private void add(RRset set, Message answer, int section) {
        List<Record> all = isInsecure(set.getName()) ? set.rrs() : signed(set);
        all.forEach(record -> answer.addRecord(record, section));
    }

    private List<Record> signed(RRset set) {
        if (!signs) {
            return set.rrs();
        }
        Instant now = Instant.now();
        try {
            RRSIGRecord signature = DNSSEC.sign(
                    set, key, keys.getPrivate(), now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
            if (forged.contains(set.getName())) {
                signature = broken(signature);
            }
            set.addRR(signature);
        } catch (DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
        List<Record> all = new CopyOnWriteArrayList<>(set.rrs());
        all.addAll(set.sigs());
        return all;
    }

    private static RRSIGRecord broken(RRSIGRecord good) {
        byte[] bytes = good.getSignature().clone();
        bytes[0] ^= 1;
        return new RRSIGRecord(
                good.getName(),
                good.getDClass(),
                good.getTTL(),
                good.getTypeCovered(),
                good.getAlgorithm(),
                good.getOrigTTL(),
                good.getExpire(),
                good.getTimeSigned(),
                good.getFootprint(),
                good.getSigner(),
                bytes);
    }

    private boolean isInsecure(Name name) {
        return insecure.stream().anyMatch(name::subdomain);
    }

    private void serveDatagrams() {
        byte[] bytes = new byte[4_096];
        while (!datagrams.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                datagrams.receive(packet);
                Message query = new Message(Arrays.copyOf(bytes, packet.getLength()));
                if (!silent.contains(query.getQuestion().getName())) {
                    byte[] answer = fitting(answer(query));
                    datagrams.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or nothing that could be answered.
            }
        }
    }

    private static byte[] fitting(Message answer) {
        byte[] whole = answer.toWire();
        if (whole.length <= MAX_DATAGRAM) {
            return whole;
        }
        Message cut = new Message(answer.getHeader().getID());
        cut.getHeader().setFlag(Flags.QR);
        cut.getHeader().setFlag(Flags.TC);
        cut.addRecord(answer.getQuestion(), Section.QUESTION);
        return cut.toWire();
    }

    private void serveStreams() {
        while (!streams.isClosed()) {
            try (Socket socket = streams.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] query = new byte[in.readUnsignedShort()];
                in.readFully(query);
                byte[] answer = answer(new Message(query)).toWire();
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
                out.flush();
            } catch (IOException e) {
                // Closed, or nothing that could be answered.
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "signed-dns");
        thread.setDaemon(true);
        thread.start();
    }

    private static Name label(String text) {
        try {
            return Name.fromString(text);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
