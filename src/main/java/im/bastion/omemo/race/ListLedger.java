// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.race;

import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * The lists that are on their way into the host. It handles publishes of two sessions on two threads, in either order, and
 * shows what it has accepted only some time after; so that each publish is merged into the one before it, the last of each
 * account is kept here until the host has it. At most {@link #MAX_LISTS}. Thread-safe.
 */
public final class ListLedger {
    /** How many lists can be on their way; of more, each is merged into what the host has. */
    public static final int MAX_LISTS = 20_000;

    /** After so long without another publish the host must show the last one. */
    public static final Duration QUIET = Duration.ofSeconds(3);

    private static final long LOST_MILLIS = Duration.ofMinutes(2).toMillis();

    private record Key(JID owner, OmemoGeneration generation) {}

    /**
     * The last list.
     *
     * @param payload the element in the publish itself, by which it is known again; null before there is one
     * @param copy what it holds
     * @param kept whether the host has accepted it
     * @param contended whether another was on its way when it went in
     */
    private record Entry(Element payload, Element copy, long at, boolean kept, boolean contended) {
        Entry asKept(long now) {
            return new Entry(payload, copy, now, true, contended);
        }

        Entry touched(long now) {
            return new Entry(payload, copy, now, kept, contended);
        }
    }

    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public ListLedger(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A publish goes in.
     *
     * @param stored gives what the host has, or null
     * @param published the payload
     * @param merge is given the list before this one, or null, and may change the payload; short, and called once
     */
    public void enter(
            JID owner,
            OmemoGeneration generation,
            Supplier<Element> stored,
            Element published,
            Consumer<Element> merge) {
        advance(new Key(owner, generation), stored, latest -> {
            merge.accept(latest);
            return published;
        });
    }

    /**
     * The server itself changes the list in its owner's name: like a publish, it builds on what is on its way.
     *
     * @param stored gives what the host has, or null
     * @param edit is given a copy of the last list and may change it; false to leave everything as it is; short
     * @return the payload to publish; null when there is no list, or it is left
     */
    public Element edit(JID owner, OmemoGeneration generation, Supplier<Element> stored, Predicate<Element> edit) {
        return advance(new Key(owner, generation), stored, latest -> {
            Element list = latest == null ? null : latest.createCopy();
            return list != null && edit.test(list) ? list : null;
        });
    }

    /** @param next gives what follows the last list, or null for nothing; called once */
    private Element advance(Key key, Supplier<Element> stored, UnaryOperator<Element> next) {
        if (entries.size() >= MAX_LISTS && !entries.containsKey(key)) {
            return next.apply(stored.get());
        }
        // Before the host is asked: what another thread has settled meanwhile, the host already has.
        entries.compute(key, (k, before) -> touched(before));
        Element inHost = stored.get();
        Element[] published = {null};
        entries.compute(key, (k, before) -> {
            boolean another = before != null && before.copy() != null;
            published[0] = next.apply(another ? before.copy() : inHost);
            if (published[0] == null) {
                return another ? before : null;
            }
            return new Entry(published[0], published[0].createCopy(), clock.millis(), false, another);
        });
        return published[0];
    }

    /** The host has accepted the publish with this payload. */
    public void kept(JID owner, OmemoGeneration generation, Element payload) {
        entries.computeIfPresent(
                new Key(owner, generation),
                (key, entry) -> entry.payload() == payload ? entry.asKept(clock.millis()) : entry);
    }

    /** There is no list any more: what was on its way does not count. */
    public void forget(JID owner, OmemoGeneration generation) {
        entries.remove(new Key(owner, generation));
    }

    /** How a list has come through. */
    public enum State {
        /** The host has it, or nothing is on its way. */
        SETTLED,
        /** The same, but others were on their way with it, and the host's database may have one of those. */
        CONTENDED,
        /** There was a publish a moment ago. */
        ON_ITS_WAY,
        /** The host shows another list than the last it has accepted. */
        OVERTAKEN
    }

    /** Compares with what the host has; what is settled is forgotten. */
    public State settle(JID owner, OmemoGeneration generation, Supplier<Element> stored) {
        Key key = new Key(owner, generation);
        Entry entry = entries.get(key);
        if (entry == null) {
            return State.SETTLED;
        }
        if (clock.millis() - entry.at() < QUIET.toMillis()) {
            return State.ON_ITS_WAY;
        }
        Element inHost = stored.get();
        boolean missing = entry.kept()
                && (inHost == null
                        || !ListMerge.ids(generation, inHost).equals(ListMerge.ids(generation, entry.copy())));
        if (missing) {
            return State.OVERTAKEN;
        }
        entries.remove(key, entry);
        return entry.contended() ? State.CONTENDED : State.SETTLED;
    }

    private Entry touched(Entry before) {
        long now = clock.millis();
        return before == null || now - before.at() > LOST_MILLIS
                ? new Entry(null, null, now, false, false)
                : before.touched(now);
    }
}
