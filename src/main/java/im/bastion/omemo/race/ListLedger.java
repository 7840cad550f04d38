// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.race;

import im.bastion.omemo.wire.OmemoGeneration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
     */
    private record Entry(Element payload, Element copy, long at, boolean kept) {}

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
        Key key = new Key(owner, generation);
        if (entries.size() >= MAX_LISTS && !entries.containsKey(key)) {
            merge.accept(stored.get());
            return;
        }
        // Before the host is asked: what another thread has settled meanwhile, the host already has.
        entries.compute(key, (k, before) -> touched(before));
        Element inHost = stored.get();
        entries.compute(key, (k, before) -> {
            Element latest = before == null || before.copy() == null ? inHost : before.copy();
            merge.accept(latest);
            return new Entry(published, published.createCopy(), clock.millis(), false);
        });
    }

    /** The host has accepted the publish with this payload. */
    public void kept(JID owner, OmemoGeneration generation, Element payload) {
        entries.computeIfPresent(
                new Key(owner, generation),
                (key, entry) ->
                        entry.payload() == payload ? new Entry(payload, entry.copy(), clock.millis(), true) : entry);
    }

    /** The list was changed in another way: what was on its way does not count any more. */
    public void forget(JID owner, OmemoGeneration generation) {
        entries.remove(new Key(owner, generation));
    }

    /** How a list has come through. */
    public enum State {
        /** The host has it, or nothing is on its way. */
        SETTLED,
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
        return State.SETTLED;
    }

    /** The last list that went in, as a copy; null when there is none. */
    public Element last(JID owner, OmemoGeneration generation) {
        Entry entry = entries.get(new Key(owner, generation));
        return entry == null || entry.copy() == null ? null : entry.copy().createCopy();
    }

    private Entry touched(Entry before) {
        long now = clock.millis();
        return before == null || now - before.at() > LOST_MILLIS
                ? new Entry(null, null, now, false)
                : new Entry(before.payload(), before.copy(), now, before.kept());
    }
}
