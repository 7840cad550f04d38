// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import java.net.InetAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.xmpp.packet.JID;

/**
 * What is known of one call of an account of this server. Immutable; each stanza of the call makes the next one.
 *
 * @param own the account's end: bare until the device is known
 * @param other the other end
 * @param incoming whether the other end began it
 * @param since when it was first heard of
 * @param heard when it was last heard of
 * @param offered whether its session-initiate was heard, so that all that is said after it can be judged
 * @param parts its contents by name, at most {@link #MAX_PARTS}
 * @param candidates the addresses both sides have named, at most {@link Candidates#MAX_ADDRESSES}
 */
public record Call(
        String sid,
        JID own,
        JID other,
        boolean incoming,
        Phase phase,
        Instant since,
        Instant heard,
        boolean offered,
        Map<String, Part> parts,
        Set<InetAddress> candidates) {
    static final int MAX_PARTS = 32;

    /** How far it has come. */
    public enum Phase {
        RINGING,
        CONNECTING,
        ACTIVE
    }

    /**
     * A content.
     *
     * @param media empty when it is no media
     * @param own what the account's side says about encryption
     * @param other what the other side says
     */
    public record Part(String media, Keying own, Keying other) {
        static final Part UNKNOWN = new Part("", Keying.NONE, Keying.NONE);
    }

    public Call {
        parts = Map.copyOf(parts);
        candidates = Set.copyOf(candidates);
    }

    /** One that begins. */
    public static Call begun(String sid, JID own, JID other, boolean incoming, Instant now) {
        return new Call(sid, own, other, incoming, Phase.RINGING, now, now, false, Map.of(), Set.of());
    }

    /** After a request that one of its ends has sent. */
    public Call after(Jingle jingle, JID newOwn, JID newOther, boolean byOwn, Instant now) {
        Map<String, Part> next = new LinkedHashMap<>(parts);
        Set<InetAddress> named = new LinkedHashSet<>(candidates);
        for (Content content : jingle.contents()) {
            if (jingle.action().drops()) {
                next.remove(content.name());
            } else if (next.containsKey(content.name()) || next.size() < MAX_PARTS) {
                next.put(content.name(), part(jingle, content, byOwn));
            }
            for (InetAddress address : content.candidates()) {
                if (named.size() < Candidates.MAX_ADDRESSES) {
                    named.add(address);
                }
            }
        }
        boolean heardOffer = offered || jingle.action() == Action.SESSION_INITIATE;
        return new Call(
                sid, newOwn, newOther, incoming, phaseAfter(jingle.action()), since, now, heardOffer, next, named);
    }

    /** After an invitation's next step. */
    public Call after(Invitation invitation, JID newOwn, JID newOther, Instant now) {
        Map<String, Part> next = new LinkedHashMap<>(parts);
        invitation.media().forEach(media -> next.putIfAbsent(media, new Part(media, Keying.NONE, Keying.NONE)));
        Phase reached =
                invitation.step() == Invitation.Step.PROCEED && phase == Phase.RINGING ? Phase.CONNECTING : phase;
        return new Call(sid, newOwn, newOther, incoming, reached, since, now, offered, next, candidates);
    }

    private Phase phaseAfter(Action action) {
        return switch (action) {
            case SESSION_INITIATE -> Phase.CONNECTING;
            case SESSION_ACCEPT -> Phase.ACTIVE;
            default -> phase;
        };
    }

    private Part part(Jingle jingle, Content content, boolean byOwn) {
        Part before = parts.getOrDefault(content.name(), Part.UNKNOWN);
        Keying said = byOwn ? before.own() : before.other();
        Keying now = jingle.action().startsAnew() ? content.keying() : said.plus(content.keying());
        if (!now.hasFingerprint() && jingle.bundled().contains(content.name())) {
            now = now.plus(spokenFor(jingle.bundled(), byOwn));
        }
        String media = content.media().isEmpty() ? before.media() : content.media();
        return byOwn ? new Part(media, now, before.other()) : new Part(media, before.own(), now);
    }

    /** What the contents of the bundle that are there already say. */
    private Keying spokenFor(Set<String> bundled, boolean byOwn) {
        Keying spoken = Keying.NONE;
        for (Map.Entry<String, Part> each : parts.entrySet()) {
            if (bundled.contains(each.getKey())) {
                Part part = each.getValue();
                spoken = spoken.plus((byOwn ? part.own() : part.other()).fingerprints());
            }
        }
        return spoken;
    }

    /** The content of that name; never null. */
    public Part part(String name) {
        return parts.getOrDefault(name, Part.UNKNOWN);
    }

    /** "audio" and "video", as far as it is for them. */
    public Set<String> media() {
        Set<String> media = new TreeSet<>();
        parts.values().forEach(part -> {
            if (!part.media().isEmpty()) {
                media.add(part.media());
            }
        });
        return media;
    }
}
