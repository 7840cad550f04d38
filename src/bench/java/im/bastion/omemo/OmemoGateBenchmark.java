// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Gate;
import im.bastion.host.Point;
import im.bastion.host.Traffic;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.util.List;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** What the OMEMO guard adds to a stanza that has nothing to do with it: the gate with it alone; {@code nothing} has none. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class OmemoGateBenchmark {
    /** What passes. */
    @Param({"chat", "presence", "roster"})
    public String stanza;

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final JID client = new JID("kim@home.example/phone");
    private OmemoFeature feature;
    private Packet packet;
    private Gate gate;
    private Gate empty;

    /** Starts the guard as it is after installation. */
    @Setup
    public void setUp() {
        packet = switch (stanza) {
            case "chat" -> {
                Message message = new Message();
                message.setBody("Shall we meet at nine?");
                yield message;
            }
            case "presence" -> new Presence();
            default -> {
                IQ iq = new IQ(IQ.Type.get);
                iq.setChildElement("query", "jabber:iq:roster");
                yield iq;
            }
        };
        packet.setFrom(client);
        packet.setTo("lee@home.example/desk");
        Clock clock = Clock.systemUTC();
        Counters counters = new Counters();
        feature =
                new OmemoFeature(host, settings, event -> {}, counters, new Health(clock), clock, new MemoryRecords());
        feature.start();
        gate = new Gate(host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters);
        empty = new Gate(host.domain(), host.rooms(), host.serverSessions(), List.of(), counters);
    }

    @TearDown
    public void tearDown() {
        feature.close();
        settings.close();
        host.close();
    }

    /** A stanza comes in. */
    @Benchmark
    public Traffic.Stop entering() {
        return gate.look(Point.ENTERING, packet, client, null);
    }

    /** The same stanza goes to a local client. */
    @Benchmark
    public Traffic.Stop delivering() {
        return gate.look(Point.DELIVERING, packet, client, null);
    }

    /** The baseline. */
    @Benchmark
    public Traffic.Stop nothing() {
        return empty.look(Point.ENTERING, packet, client, null);
    }
}
