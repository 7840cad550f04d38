// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Point;
import im.bastion.host.RoomTraits;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.host.Traffic;
import im.bastion.metric.Counters;
import im.bastion.policy.FailMode;
import im.bastion.policy.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * What the gate costs a stanza that is none of ours, or a copy that a room hands out, with four guards that want what the
 * real ones want; {@code nothing} is the same call on a watcher that lets everything pass.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class GateBenchmark {
    /** What passes; the copy comes in without a client, as Openfire 5 routes it. */
    @Param({"chat", "presence", "roster", "copy"})
    public String stanza;

    private Packet packet;
    private final JID client = new JID("kim@home.example/phone");
    private JID sender;
    private Traffic.Watcher gate;
    private Traffic.Watcher nothing;

    /** Builds the gate over a host with ten room services. */
    @Setup
    public void setUp() {
        packet = switch (stanza) {
            case "chat" -> {
                Message message = new Message();
                message.setBody("Shall we meet at nine?");
                yield message;
            }
            case "presence" -> new Presence();
            case "copy" -> {
                Message message = new Message();
                message.setType(Message.Type.groupchat);
                message.setBody("Shall we meet at nine?");
                yield message;
            }
            default -> {
                IQ iq = new IQ(IQ.Type.get);
                iq.setChildElement("query", "jabber:iq:roster");
                yield iq;
            }
        };
        boolean isCopy = stanza.equals("copy");
        packet.setFrom(isCopy ? new JID("den@e.home.example/Kim") : client);
        sender = isCopy ? null : client;
        packet.setTo("lee@home.example/desk");
        gate = new Gate(
                "home.example",
                new TenServices(),
                new NoSessions(),
                List.of(
                        new Wanting(Interest.ROOM, Interest.ROOM_IQ),
                        new Wanting(
                                Interest.PEP | Interest.PEP_EVENT,
                                Interest.ANSWER | Interest.PEP_EVENT | Interest.DISCO),
                        new Wanting(Interest.CALL, 0),
                        new Wanting(Interest.FROM_PEER, 0)),
                new Counters());
        nothing = (point, stanza, session, peer) -> null;
    }

    /** A stanza comes in. */
    @Benchmark
    public Traffic.Stop entering() {
        return gate.look(Point.ENTERING, packet, sender, null);
    }

    /** The same stanza goes to a local client. */
    @Benchmark
    public Traffic.Stop delivering() {
        return gate.look(Point.DELIVERING, packet, client, null);
    }

    /** The baseline. */
    @Benchmark
    public Traffic.Stop nothing() {
        return nothing.look(Point.ENTERING, packet, client, null);
    }

    private record Wanting(int entering, int delivering) implements Guard {
        @Override
        public String name() {
            return "bench";
        }

        @Override
        public FailMode failMode() {
            return FailMode.OPEN;
        }

        @Override
        public int interests(Point point) {
            return switch (point) {
                case ENTERING -> entering;
                case DELIVERING -> delivering;
                default -> 0;
            };
        }

        @Override
        public Verdict judge(Passage passage) {
            throw new IllegalStateException("Nobody wants this stanza");
        }
    }

    private static final class TenServices implements Rooms {
        private final Set<String> domains = Set.of(
                "a.home.example",
                "b.home.example",
                "c.home.example",
                "d.home.example",
                "e.home.example",
                "f.home.example",
                "g.home.example",
                "h.home.example",
                "i.home.example",
                "rooms.home.example");

        @Override
        public Set<String> serviceDomains() {
            return domains;
        }

        @Override
        public boolean exists(JID room) {
            return false;
        }

        @Override
        public Affiliation affiliation(JID room, JID user) {
            return Affiliation.NONE;
        }

        @Override
        public List<Occupant> occupants(JID room, JID fullJid) {
            return List.of();
        }

        @Override
        public List<Occupant> occupants(JID room) {
            return List.of();
        }

        @Override
        public List<JID> affiliated(JID room, Affiliation affiliation) {
            return List.of();
        }

        @Override
        public RoomTraits traits(JID room) {
            return null;
        }

        @Override
        public boolean givesStanzaIds() {
            return true;
        }

        @Override
        public String occupantId(JID room, JID person) {
            return null;
        }

        @Override
        public List<JID> loaded() {
            return List.of();
        }

        @Override
        public List<JID> all() {
            return List.of();
        }
    }

    private static final class NoSessions implements ServerSessions {
        @Override
        public List<ServerSession> all() {
            return List.of();
        }

        @Override
        public List<ServerSession> incoming(String remoteDomain) {
            return List.of();
        }

        @Override
        public boolean isLocal(String domain) {
            return true;
        }

        @Override
        public String authority(List<X509Certificate> chain) {
            return "";
        }

        @Override
        public String distrust(List<X509Certificate> chain) {
            return null;
        }
    }
}
