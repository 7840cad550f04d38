// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.host.Affiliation;
import im.bastion.host.Host;
import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.moderation.desk.Case.Kind;
import im.bastion.moderation.desk.Case.State;
import im.bastion.moderation.request.Replies;
import im.bastion.moderation.request.RoomResponder;
import im.bastion.moderation.rule.References;
import im.bastion.moderation.text.KeyedHash;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * What users report becomes cases: occupants and rooms (ProtoXEP Group Chat Reporting 0.0.1), and those they block with a
 * report (XEP-0377 in XEP-0191). Who reported is nowhere kept or shown: only a hash that is forgotten at the next start
 * says whether somebody reports the same twice or too much.
 */
public final class Reports implements RoomResponder {
    private static final String GCREPORT = "urn:xmpp:gcreport:0";
    /** Reports within requests to block (XEP-0377). */
    public static final String REPORTING = "urn:xmpp:reporting:1";

    private static final String SPAM = "urn:xmpp:reporting:spam";
    private static final String ABUSE = "urn:xmpp:reporting:abuse";
    private static final int MAX_TEXT = 500;
    private static final int PER_HOUR = 10;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final int MAX_REPORTERS = 20_000;
    private static final int MAX_OPEN = 2_000;

    private record Quota(long sinceMillis, int used) {}

    private final Host host;
    private final CaseBook cases;
    private final BiFunction<JID, JID, String> occupantIds;
    private final BiFunction<JID, String, Optional<JID>> authors;
    private final Clock clock;
    private final KeyedHash hash = new KeyedHash();
    private final Map<Long, Quota> reporters = bounded(MAX_REPORTERS);
    private final Map<String, String> openAbout = bounded(MAX_OPEN);
    private final Map<Long, Boolean> counted = bounded(MAX_REPORTERS);

    /**
     * @param occupantIds the occupant-id of a person (second) in a room
     * @param authors the account that said the message of an id in a room, if it is known
     */
    public Reports(
            Host host,
            CaseBook cases,
            BiFunction<JID, JID, String> occupantIds,
            BiFunction<JID, String, Optional<JID>> authors,
            Clock clock) {
        this.host = host;
        this.cases = cases;
        this.occupantIds = occupantIds;
        this.authors = authors;
        this.clock = clock;
    }

    @Override
    public Verdict answer(IQ request, JID sender, JID room) {
        Element child = request.getChildElement();
        if (child == null
                || request.getType() != IQ.Type.set
                || !child.getNamespaceURI().equals(GCREPORT)) {
            return null;
        }
        return switch (child.getName()) {
            case "report-participant" -> participant(request, child, sender, room);
            case "report-chat" -> chat(request, child, sender);
            default -> null;
        };
    }

    @Override
    public Set<String> features() {
        return Set.of(GCREPORT, REPORTING);
    }

    /** Notes the reports within a request to block (XEP-0377 §2); the request itself is the host's to answer. */
    public void note(IQ block, JID sender) {
        Element child = block.getChildElement();
        if (child == null || !child.getName().equals("block")) {
            return;
        }
        for (Iterator<?> items = child.elementIterator("item"); items.hasNext(); ) {
            Element item = (Element) items.next();
            Element report = item.element("report");
            JID blocked = jid(item.attributeValue("jid"));
            if (report != null
                    && report.getNamespaceURI().equals(REPORTING)
                    && blocked != null
                    && blocked.getResource() != null
                    && host.rooms().serviceDomains().contains(blocked.getDomain())) {
                occupant(blocked)
                        .filter(accused -> mayReport(sender))
                        .ifPresent(
                                accused -> open(blocked.asBareJID(), accused, report, sender, proof(report, accused)));
            }
        }
    }

    private Verdict participant(IQ request, Element child, JID sender, JID room) {
        Element occupantId = child.element("occupant-id");
        Element report = child.element("report");
        String id = occupantId == null ? "" : occupantId.attributeValue("id", "");
        if (room.getNode() == null
                || id.isEmpty()
                || report == null
                || reason(report).isEmpty()) {
            return Replies.refuse(
                    request,
                    "bad-request",
                    "modify",
                    "A report needs the \"occupant-id\" of who is reported and a \"report\" whose reason is " + SPAM
                            + " or " + ABUSE + ".");
        }
        if (host.rooms().occupants(room, sender).isEmpty()
                && host.rooms().affiliation(room, sender) == Affiliation.NONE) {
            return Replies.refuse(request, "forbidden", "auth", "Only those who are in the room may report there.");
        }
        String stanzaId = stanzaId(report, room);
        Optional<JID> author = stanzaId.isEmpty() ? Optional.empty() : authors.apply(room, stanzaId);
        Optional<Occupant> inside = host.rooms().occupants(room).stream()
                .filter(occupant -> id.equals(occupantIds.apply(room, occupant.realJid())))
                .findFirst();
        Optional<JID> person = inside.map(occupant -> occupant.realJid().asBareJID())
                .or(() -> author.filter(left -> id.equals(occupantIds.apply(room, left))));
        if (person.isEmpty()) {
            return Replies.refuse(request, "item-not-found", "cancel", "Nobody of that occupant-id is known here.");
        }
        if (person.get().equals(sender.asBareJID())) {
            return Replies.refuse(request, "not-acceptable", "modify", "You cannot report yourself.");
        }
        if (!mayReport(sender)) {
            return tooMany(request);
        }
        Occupant accused = inside.orElse(
                new Occupant(person.get(), room, Role.NONE, host.rooms().affiliation(room, person.get())));
        open(room, accused, report, sender, proof(report, accused));
        return Verdict.answer(IQ.createResultIQ(request));
    }

    private Verdict chat(IQ request, Element child, JID sender) {
        JID room = jid(child.elementText("jid"));
        Element report = child.element("report");
        if (room == null
                || !host.rooms().exists(room)
                || report == null
                || reason(report).isEmpty()) {
            return Replies.refuse(
                    request,
                    "bad-request",
                    "modify",
                    "\"jid\" must be a room here, and \"report\" must have a reason.");
        }
        if (!mayReport(sender)) {
            return tooMany(request);
        }
        open(room.asBareJID(), null, report, sender, "");
        return Verdict.answer(IQ.createResultIQ(request));
    }

    private static Verdict tooMany(IQ request) {
        return Replies.refuse(
                request, "resource-constraint", "wait", "You have reported " + PER_HOUR + " times within an hour.");
    }

    private synchronized boolean mayReport(JID sender) {
        long who = hash.of(sender.toBareJID());
        long now = clock.millis();
        Quota quota = reporters.get(who);
        boolean fresh = quota == null || Math.abs(now - quota.sinceMillis()) > HOUR_MILLIS;
        if (!fresh && quota.used() >= PER_HOUR) {
            return false;
        }
        reporters.put(who, fresh ? new Quota(now, 1) : new Quota(quota.sinceMillis(), quota.used() + 1));
        return true;
    }

    /** One case for all reports about the same; who reports twice counts once. */
    private synchronized void open(JID room, Occupant accused, Element report, JID sender, String stanzaId) {
        JID person = accused == null ? null : accused.realJid().asBareJID();
        String about = room + " " + person;
        if (counted.put(hash.of(about, sender.toBareJID()), Boolean.TRUE) != null) {
            return;
        }
        Instant now = clock.instant();
        Optional<Case> before = Optional.ofNullable(openAbout.get(about))
                .flatMap(cases::find)
                .filter(known -> known.state() == State.OPEN);
        if (before.isPresent()) {
            cases.again(before.get(), now);
            return;
        }
        String words = report.elementText("text");
        String why = reason(report).equals(SPAM) ? "spam" : "abuse";
        Case opened = cases.open(new Case(
                References.next(),
                Kind.REPORT,
                State.OPEN,
                room,
                person,
                accused == null || accused.roomJid().getResource() == null
                        ? ""
                        : accused.roomJid().getResource(),
                null,
                0,
                Mode.OBSERVE,
                1,
                now,
                now,
                (accused == null ? "The room was reported for " : "An occupant was reported for ") + why,
                words == null ? "" : words.substring(0, Math.min(words.length(), MAX_TEXT)),
                stanzaId,
                "",
                ""));
        openAbout.put(about, opened.reference());
    }

    private Optional<Occupant> occupant(JID roomJid) {
        return host.rooms().occupants(roomJid.asBareJID()).stream()
                .filter(occupant -> occupant.roomJid().equals(roomJid))
                .findFirst();
    }

    private static String reason(Element report) {
        String reason = report.attributeValue("reason", "");
        return reason.equals(SPAM) || reason.equals(ABUSE) ? reason : "";
    }

    /** The id of the reported message; empty when it is somebody else's, which proves nothing against this one. */
    private String proof(Element report, Occupant accused) {
        JID room = accused.roomJid().asBareJID();
        String id = stanzaId(report, room);
        boolean proves = !id.isEmpty()
                && authors.apply(room, id)
                        .filter(accused.realJid().asBareJID()::equals)
                        .isPresent();
        return proves ? id : "";
    }

    private static String stanzaId(Element report, JID room) {
        Element id = report.element("stanza-id");
        return id != null && room.toString().equals(id.attributeValue("by")) ? id.attributeValue("id", "") : "";
    }

    private static JID jid(String text) {
        try {
            return text == null ? null : new JID(text.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }
}
