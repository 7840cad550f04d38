// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.peer.RogueCaller;
import im.bastion.e2e.peer.RoguePeer.Received;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.ServerUnderTest;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Block lists that other servers publish: an honest one, and one that does what no decent server does. */
class ListsE2E {
    @RegisterExtension
    static final ServerUnderTest HOME = Pair.HOME;

    @RegisterExtension
    static final ServerUnderTest AWAY = Pair.AWAY;

    private static final String NODE = "muc_bans_sha256";
    private static final String SERVICE = "pubsub." + Pair.AWAY_DOMAIN;
    private static final String HOSTILE = "lists.evil.test";
    private static final String PAGE = "plugins/bastion/bastion-desk.jsp";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static XmppClient publisher;

    @BeforeAll
    static void furnish() throws Exception {
        Pair.furnish();
        publisher = Pair.connect(Origin.REMOTE, "publisher", "desk");
        create(publisher, SERVICE);
        follow("away", SERVICE);
        follow("hostile", HOSTILE);
    }

    private static void follow(String name, String service) throws Exception {
        Pair.define(
                "moderation.abuse-list-" + name,
                "ENFORCE",
                "{\"type\":\"block-list\",\"service\":\"%s\",\"node\":\"%s\",\"rooms\":[\"plain-*@conference.%s\"]}"
                        .formatted(service, NODE, Pair.HOME_DOMAIN));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsListedIsPutOutAndKeptOutUntilTakenOffAndTheRoomsOwnPeopleAreOnlyReported(Origin origin) throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN)) {
            XmppClient listed = scene.enter(origin, "Listed");
            XmppClient member = scene.enter(origin, "Member");
            scene.affiliate(member, "member");
            XmppClient free = scene.enter(origin, "Free");
            publish(publisher, SERVICE, hash(Scene.bare(member)));
            publish(publisher, SERVICE, "no-hash-at-all");
            publish(publisher, SERVICE, hash(Scene.bare(listed)).toUpperCase(Locale.ROOT));
            refresh();

            listed.await(stanza -> Scene.xml(stanza).contains("307"), PATIENCE);
            assertThat(joins(scene, listed, "Listed")).isFalse();
            assertThat(scene.takes(free, "nobody has listed me")).isTrue();
            assertThat(scene.takes(member, "I belong here")).isTrue();

            member.send("<presence type='unavailable' to='%s/Member'/>".formatted(scene.room));
            scene.settle(member);
            assertThat(joins(scene, member, "Member")).isTrue();
            await().atMost(PATIENCE).until(() -> HOME.get()
                    .insidePlugin(BoundHost.PLUGIN, List.of(), AuditRows.class)
                    .lines()
                    .anyMatch(line -> line.contains(Scene.bare(member)) && line.contains("abuse-list-away")));

            retract(publisher, SERVICE, hash(Scene.bare(listed)).toUpperCase(Locale.ROOT));
            refresh();
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> joins(scene, listed, "Listed"));
        }
    }

    @Test
    void aListedDomainKeepsEverybodyOfItOut() throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN)) {
            XmppClient one = scene.kept(Pair.somebody(Origin.REMOTE));
            XmppClient local = scene.kept(Pair.somebody(Origin.LOCAL));
            publish(publisher, SERVICE, hash(Pair.AWAY_DOMAIN));
            refresh();
            try {
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> !joins(scene, one, "One"));
                assertThat(joins(scene, local, "Local")).isTrue();
            } finally {
                retract(publisher, SERVICE, hash(Pair.AWAY_DOMAIN));
                refresh();
            }
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> joins(scene, one, "One"));
        }
    }

    @Test
    void aHostileSourceDoesNoMoreThanListAndOthersCannotSpeakForIt() throws Exception {
        try (Scene scene = new Scene(Policy.PLAIN);
                RogueCaller source = RogueCaller.encrypted(HOME.get(), HOSTILE, Pair.CERTIFICATES.good(HOSTILE));
                RogueCaller other = RogueCaller.encrypted(
                        HOME.get(), "other.evil.test", Pair.CERTIFICATES.good("other.evil.test"))) {
            XmppClient first = scene.enter(Origin.LOCAL, "First");
            XmppClient second = scene.enter(Origin.LOCAL, "Second");
            XmppClient third = scene.enter(Origin.LOCAL, "Third");

            String asked = await().atMost(PATIENCE).until(() -> request("<items"), id -> !id.isEmpty());
            StringBuilder junk = new StringBuilder();
            for (int i = 0; i < 3_000; i++) {
                junk.append("<item id='")
                        .append(i % 2 == 0 ? "z".repeat(64) : "&lt;script&gt;" + i)
                        .append("'/>");
            }
            source.send(
                    ("<iq type='result' from='%s' to='%s' id='%s'><pubsub xmlns='http://jabber.org/protocol/pubsub'>"
                                    + "<items node='%s'><item id='%s'/><item/><item id='%s'/>%s</items>"
                                    + "<set xmlns='http://jabber.org/protocol/rsm'><last>again</last><count>-7</count></set></pubsub></iq>")
                            .formatted(
                                    HOSTILE,
                                    Pair.HOME_DOMAIN,
                                    asked,
                                    NODE,
                                    "A".repeat(100_000),
                                    hash(Scene.bare(first)),
                                    junk));
            first.await(stanza -> Scene.xml(stanza).contains("307"), PATIENCE);

            // Of another service, of another node, and of somebody who only says so.
            other.send(event("other.evil.test", Pair.HOME_DOMAIN, NODE, item(second)));
            other.send(event(HOSTILE, Pair.HOME_DOMAIN, NODE, item(second)));
            source.send(event(HOSTILE, Pair.HOME_DOMAIN, "another", item(second)));
            source.send(event("sub." + HOSTILE, Pair.HOME_DOMAIN, NODE, item(second)));
            second.send(event(second.jid(), Pair.HOME_DOMAIN, NODE, item(third)));
            // The last of the honest channel: whatever came before has been handled.
            source.send(event(HOSTILE, Pair.HOME_DOMAIN, NODE, item(third)));
            third.await(stanza -> Scene.xml(stanza).contains("307"), PATIENCE);
            assertThat(scene.takes(second, "nobody whose word counts has listed me"))
                    .isTrue();

            // Another stream: the host has closed the first one, which was idle.
            String purge = event(HOSTILE, Pair.HOME_DOMAIN, NODE, "")
                    .replaceFirst("<items.*</items>", "<purge node='" + NODE + "'/>");
            try (RogueCaller later = RogueCaller.encrypted(HOME.get(), HOSTILE, Pair.CERTIFICATES.good(HOSTILE))) {
                later.send(purge);
                await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> joins(scene, first, "First"));
            }
        }
    }

    /** The id of the request with that element that has reached the hostile source; empty when none has. */
    private static String request(String element) {
        Pattern id = Pattern.compile("\\bid=[\"']([^\"']+)[\"']");
        return Pair.ROGUE.received(HOSTILE).stream()
                .map(Received::stanza)
                .filter(stanza -> stanza.startsWith("<iq") && stanza.contains(element))
                .map(id::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    private static String event(String from, String to, String node, String items) {
        return ("<message from='%s' to='%s'><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='%s'>%s</items>"
                        + "</event></message>")
                .formatted(from, to, node, items);
    }

    private static String item(XmppClient client) {
        return "<item id='" + hash(Scene.bare(client)) + "'/>";
    }

    /** Whether the person gets in, and is out again then. */
    private static boolean joins(Scene scene, XmppClient client, String nickname) throws Exception {
        client.forget();
        String id = XmppClient.nextId();
        client.send("<presence id='%s' to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
                .formatted(id, scene.room, nickname));
        Presence answer = (Presence) client.await(stanza -> stanza instanceof Presence presence
                && stanza.getFrom().toString().equals(scene.room + "/" + nickname)
                && (presence.getType() == Presence.Type.error || presence.isAvailable()));
        if (Scene.isRefused(answer)) {
            assertThat(answer.getError().getDescriptiveText("en")).contains("block list");
            return false;
        }
        client.send("<presence type='unavailable' to='%s/%s'/>".formatted(scene.room, nickname));
        client.await(stanza -> stanza instanceof Presence presence && presence.getType() == Presence.Type.unavailable);
        return true;
    }

    private static void create(XmppClient client, String service) throws Exception {
        IQ unused = client.request(
                "set",
                service,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><create node='" + NODE
                        + "'/><configure><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
                        + "<value>http://jabber.org/protocol/pubsub#node_config</value></field>"
                        + "<field var='pubsub#access_model'><value>open</value></field>"
                        + "<field var='pubsub#persist_items'><value>1</value></field>"
                        + "<field var='pubsub#max_items'><value>1000</value></field></x></configure></pubsub>");
    }

    /** Presses the console's button: Openfire takes no subscription of a server, so its lists are read from time to time. */
    private static void refresh() throws Exception {
        AdminSession admin = HOME.get().admin();
        AdminSession.Page form = admin.get("plugins/bastion/bastion-lists.jsp");
        AdminSession.Page done = admin.post(PAGE, Map.of("csrf", form.field("csrf"), "action", "refresh"));
        assertThat(done.uri().getQuery()).as(done.body()).contains("done=");
    }

    private static void publish(XmppClient client, String service, String id) throws Exception {
        IQ done = client.request(
                "set",
                service,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + NODE + "'><item id='" + id
                        + "'><report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:spam'/></item></publish></pubsub>");
        assertThat(done.getType()).as(Scene.xml(done)).isEqualTo(IQ.Type.result);
    }

    private static void retract(XmppClient client, String service, String id) throws Exception {
        IQ done = client.request(
                "set",
                service,
                "<pubsub xmlns='http://jabber.org/protocol/pubsub'><retract node='" + NODE
                        + "' notify='true'><item id='" + id + "'/></retract></pubsub>");
        assertThat(done.getType()).as(Scene.xml(done)).isEqualTo(IQ.Type.result);
    }

    private static String hash(String name) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
