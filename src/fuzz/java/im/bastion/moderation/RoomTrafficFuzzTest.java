// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.gate.Gate;
import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.book.DefaultRules;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * Whatever is sent to a room, said in it, reported, commanded or announced by a list: no guard fails, no rule throws, and
 * nobody is told of an inner error.
 */
class RoomTrafficFuzzTest {
    private static final String[] NAMES = {
        "body",
        "subject",
        "x",
        "field",
        "value",
        "item",
        "items",
        "event",
        "retract",
        "replace",
        "reactions",
        "reaction",
        "command",
        "report",
        "report-participant",
        "report-chat",
        "block",
        "query",
        "invite",
        "reason",
        "encrypted",
        "payload",
        "media-sharing",
        "file",
        "url",
        "html",
        "apply-to",
        "moderated",
        "stanza-id",
        "occupant-id",
        "reference",
        "destroy",
        "history",
        "show",
        "status",
        "delay",
        "forwarded",
        "message",
        "fallback",
        "encryption",
        "purge",
        "delete",
        "moderate",
        "text",
        "password",
        "actor",
        "p",
        "a",
        "sources",
        "desc",
        "thread"
    };
    private static final String[] NAMESPACES = {
        "",
        "jabber:client",
        "jabber:x:data",
        "jabber:x:oob",
        "jabber:x:conference",
        "jabber:x:encrypted",
        "http://jabber.org/protocol/muc",
        "http://jabber.org/protocol/muc#user",
        "http://jabber.org/protocol/muc#admin",
        "http://jabber.org/protocol/muc#request",
        "http://jabber.org/protocol/muc#owner",
        "http://jabber.org/protocol/commands",
        "http://jabber.org/protocol/pubsub#event",
        "http://jabber.org/protocol/disco#info",
        "http://jabber.org/protocol/disco#items",
        "http://jabber.org/protocol/xhtml-im",
        "http://www.w3.org/1999/xhtml",
        "urn:xmpp:message-correct:0",
        "urn:xmpp:reactions:0",
        "urn:xmpp:message-retract:1",
        "urn:xmpp:message-retract:0",
        "urn:xmpp:message-moderate:1",
        "urn:xmpp:message-moderate:0",
        "urn:xmpp:fasten:0",
        "urn:xmpp:sid:0",
        "urn:xmpp:occupant-id:0",
        "urn:xmpp:sims:1",
        "urn:xmpp:sfs:0",
        "urn:xmpp:jingle:apps:file-transfer:5",
        "urn:xmpp:eme:0",
        "urn:xmpp:omemo:2",
        "eu.siacs.conversations.axolotl",
        "urn:xmpp:reference:0",
        "urn:xmpp:blocking",
        "urn:xmpp:reporting:1",
        "urn:xmpp:gcreport:0",
        "urn:xmpp:delay",
        "urn:xmpp:forward:0",
        "urn:xmpp:fallback:0",
        "urn:xmpp:mav:0",
        "jabber:iq:version",
        "vcard-temp"
    };
    private static final String[] ATTRIBUTES = {
        "id",
        "by",
        "from",
        "to",
        "jid",
        "node",
        "action",
        "type",
        "var",
        "sessionid",
        "nick",
        "role",
        "affiliation",
        "code",
        "reason",
        "href",
        "url",
        "for",
        "namespace",
        "status",
        "sid",
        "xml:lang",
        "stamp"
    };
    private static final String[] VALUES = {
        "kim@away.example/phone",
        "den@conference.home.example",
        "den@conference.home.example/Kim",
        "spam@blocks.example",
        "owner@home.example/desk",
        "urn:bastion:room:cases",
        "urn:bastion:room:mute",
        "urn:bastion:room:rule",
        "urn:bastion:room:appeal",
        "urn:bastion:room:retract",
        "urn:bastion:room:restore",
        "execute",
        "complete",
        "cancel",
        "submit",
        "set",
        "get",
        "result",
        "error",
        "groupchat",
        "moderator",
        "none",
        "owner",
        "muc_bans_sha256",
        "urn:xmpp:reporting:spam",
        "ff18e15fde6d195331e97b32a4c390ee1ce37aec3d6f54ea0993619531fa5134",
        "http://xn--",
        "//[::1]",
        "60",
        "-1",
        "99999999999999999999"
    };
    private static final int MAX_CHILDREN = 24;
    private static final JID DEN = new JID("den@conference.home.example");

    private final MemoryHost host = new MemoryHost();
    private final Counters counters = new Counters();
    private final ModerationFeature feature;

    RoomTrafficFuzzTest() {
        Settings settings = new Settings(host.properties());
        MemoryPolicyStore policies = new MemoryPolicyStore();
        Clock clock = Clock.systemUTC();
        feature = new ModerationFeature(
                host, settings, policies, event -> {}, counters, new Health(clock), clock, new MemoryRecords());
        JID owner = new JID(host.users().register("owner") + "/desk");
        host.rooms().create("den", owner.asBareJID());
        host.rooms().enter(DEN, owner, "Owner");
        host.rooms().enter(DEN, new JID("kim@away.example/phone"), "Kim");
        for (DefaultRules.Proposal rule : DefaultRules.ALL) {
            policies.change(rule.rule(), Mode.ENFORCE, rule.body(), "fuzz");
        }
        policies.change(
                new RuleId("moderation.list"),
                Mode.ENFORCE,
                "{\"type\":\"block-list\",\"service\":\"blocks.example\",\"node\":\"muc_bans_sha256\"}",
                "fuzz");
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        feature.start();
        host.traffic()
                .watch(new Gate(
                        host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters));
    }

    @FuzzTest(maxDuration = "60s")
    void nothingThatIsSentBreaksAnything(FuzzedDataProvider data) {
        for (int i = 0; i < MAX_CHILDREN && data.remainingBytes() > 0; i++) {
            Packet stanza = stanza(data);
            boolean unused = host.traffic().fromElsewhere(stanza);
            if (counters.counter("gate.faults").sum() > 0) {
                throw new AssertionError(stanza.toXML());
            }
        }
        for (RuleWatch.Suspension one : feature.services().watch().suspensions()) {
            if (one.why().contains("failed with")) {
                throw new AssertionError(one.why());
            }
        }
        for (Packet sent : host.stanzas().sent()) {
            if (sent.toXML().contains("internal-server-error")) {
                throw new AssertionError(sent.toXML());
            }
        }
        host.stanzas().forget();
    }

    private static Packet stanza(FuzzedDataProvider data) {
        Element root = DocumentHelper.createElement(data.pickValue(new String[] {"message", "presence", "iq"}));
        String kind = root.getName();
        root.addAttribute("id", "f");
        root.addAttribute("from", data.pickValue(new String[] {
            "kim@away.example/phone", "owner@home.example/desk", "spam@blocks.example", "lee@other.example/x"
        }));
        root.addAttribute("to", data.pickValue(new String[] {
            DEN.toString(),
            DEN + "/Kim",
            DEN + "/Owner",
            "home.example",
            "conference.home.example",
            "owner@home.example"
        }));
        root.addAttribute("type", kind.equals("iq") ? data.pickValue(new String[] {"set", "get"}) : null);
        if (kind.equals("message") && data.consumeBoolean()) {
            root.addAttribute("type", data.pickValue(new String[] {"groupchat", "chat", "headline", "normal"}));
        }
        Element at = root;
        for (int i = 0; i < MAX_CHILDREN && data.remainingBytes() > 0; i++) {
            Element child = one(data);
            at.add(child);
            at = data.consumeBoolean() || (kind.equals("iq") && at == root) ? child : root;
            if (kind.equals("iq") && at == root) {
                break;
            }
        }
        // As from the wire: through the parser, which knows what XML cannot hold.
        Element read;
        try {
            read = StanzaXml.parse(root.asXML());
        } catch (IllegalArgumentException e) {
            read = DocumentHelper.createElement("message");
        }
        return switch (read.getName()) {
            case "iq" -> new IQ(read, true);
            case "presence" -> new Presence(read, true);
            default -> new Message(read, true);
        };
    }

    private static Element one(FuzzedDataProvider data) {
        Element element = DocumentHelper.createElement(QName.get(data.pickValue(NAMES), data.pickValue(NAMESPACES)));
        int attributes = data.consumeInt(0, 3);
        for (int i = 0; i < attributes; i++) {
            element.addAttribute(
                    data.pickValue(ATTRIBUTES),
                    data.consumeBoolean() ? data.pickValue(VALUES) : data.consumeString(40));
        }
        element.setText(data.consumeBoolean() ? data.pickValue(VALUES) : data.consumeString(60));
        return element;
    }
}
