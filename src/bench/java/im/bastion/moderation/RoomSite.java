// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.moderation.DefineRule;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.moderation.book.DefaultRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jivesoftware.smack.packet.Message;

/** A server with a room of 100 connected clients, one of whom talks. */
final class RoomSite implements AutoCloseable {
    static final int OCCUPANTS = 100;

    /** Who talks at full speed is what these are against. */
    private static final Set<String> LEFT_OUT = Set.of("moderation.rate-limit", "moderation.ladder");

    private static final String PASSWORD = "occupant-secret-1";
    private static final String MESSAGE = "<message id='%s' to='%s' type='groupchat'><body>%s</body>%s</message>";
    private static final String IDS = "<stanza-id xmlns='urn:xmpp:sid:0' id='e859f50c-d077-49c9-ab09-5d47c2090aee'"
            + " by='hall@conference.bastion.test'/>"
            + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='vuDuM2ncUPB7yqEqITi-e-FEZYZOlmasl4f0gMkOy6I'/>";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * One round.
     *
     * @param nanos from the first message sent to the last one received by the last occupant, per message
     * @param processorNanos of the server, per message
     */
    record Round(double nanos, double processorNanos) {}

    private final OpenfireServer server;
    private final String room;
    private final List<XmppClient> occupants = new ArrayList<>();
    private final Random random = new Random(1);

    /** @param bastion with all proposed rules but two enforced; else the bare server */
    RoomSite(boolean bastion) throws Exception {
        ServerOptions options = ServerOptions.defaults().user("owner", PASSWORD);
        for (int i = 0; i < OCCUPANTS; i++) {
            options = options.user("occupant" + i, PASSWORD);
        }
        if (bastion) {
            options = options.bastion().property("plugin.bastion.moderation.mode", "enforce");
        }
        server = new OpenfireServer(options).start();
        room = "hall@conference." + server.domain();
        if (bastion) {
            for (DefaultRules.Proposal one : DefaultRules.ALL) {
                if (!LEFT_OUT.contains(one.rule().value())) {
                    server.insidePlugin(
                            BoundHost.PLUGIN,
                            List.of(),
                            DefineRule.class,
                            one.rule().value(),
                            "ENFORCE",
                            one.body());
                }
            }
            server.reloadPlugin("bastion");
        }
        XmppClient owner = XmppClient.connect(server, "owner", "bench");
        // A crowd that comes at once raises a shield, behind which members speak.
        owner.createRoom(room, "Owner", List.of("occupant0@" + server.domain()));
        owner.request(
                "set",
                room,
                "<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>"
                        + "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
                        + "<field var='muc#roomconfig_maxusers'><value>0</value></field></x></query>");
        owner.close();
        for (int i = 0; i < OCCUPANTS; i++) {
            XmppClient occupant = XmppClient.connect(server, "occupant" + i, "bench");
            occupant.join(room, "Occupant " + i);
            occupants.add(occupant);
        }
    }

    /** Whether the server gives messages the ids of XEP-0359 and XEP-0421 itself. */
    boolean givesIds() {
        return !server.options().distribution().isFourTwo();
    }

    /** @param stamped whether the messages carry ids of that size from the start */
    Round talk(int messages, boolean stamped) throws Exception {
        occupants.forEach(XmppClient::forget);
        String last = "";
        long processor = processorNanos();
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            last = words();
            occupants.get(0).send(MESSAGE.formatted(XmppClient.nextId(), room, last, stamped ? IDS : ""));
        }
        String end = last;
        for (XmppClient occupant : occupants) {
            occupant.await(stanza -> stanza instanceof Message message && end.equals(message.getBody()), PATIENCE);
        }
        double nanos = (double) (System.nanoTime() - begin) / messages;
        return new Round(nanos, (double) (processorNanos() - processor) / messages);
    }

    /** Twelve words that are not said again. */
    private String words() {
        return IntStream.range(0, 12)
                .mapToObj(i -> Integer.toString(random.nextInt(1_000_000), Character.MAX_RADIX))
                .collect(Collectors.joining(" ", "I say ", "."));
    }

    private long processorNanos() throws Exception {
        return Long.parseLong(server.inside(ProcessorTime.class));
    }

    @Override
    public void close() {
        occupants.forEach(XmppClient::close);
        server.close();
    }
}
