// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.host.Host;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;

/**
 * Keeps one list up to date: subscribes to it, reads it whole, and applies what changes. Works on the lists' own thread.
 * However fast its source sends, at most {@link #MAX_WAITING} changes wait; what is more is left out and the list read anew.
 */
final class ListFollower {
    /** How many changes may wait. */
    static final int MAX_WAITING = 1_000;

    static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final Logger LOG = LoggerFactory.getLogger(ListFollower.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);
    private static final long ANSWER_MILLIS = 60_000;
    private static final int MAX_PAGES = 10_000;

    private final Host host;
    private final FollowedList list;
    private final ScheduledExecutorService worker;
    private final InstantSource clock;
    private final Runnable onAdded;
    private final Queue<Element> waiting = new ArrayDeque<>();
    private boolean overflown;
    private boolean missed;
    private volatile boolean ended;

    /** @param onAdded told, on the worker, when somebody may have become listed */
    ListFollower(Host host, FollowedList list, ScheduledExecutorService worker, InstantSource clock, Runnable onAdded) {
        this.host = host;
        this.list = list;
        this.worker = worker;
        this.clock = clock;
        this.onAdded = onAdded;
    }

    FollowedList list() {
        return list;
    }

    /** Takes up what was known, and begins to follow. */
    void begin() {
        soon(() -> {
            try {
                list.load();
                onAdded.run();
            } catch (IOException e) {
                LOG.warn("A block list could not be read from its file: {}", e.getMessage());
            }
            subscribe();
            ask(FIRST_RETRY);
        });
    }

    /** Nothing is asked of the source any more. */
    void end() {
        ended = true;
    }

    /** Reads the list anew, soon. */
    void refresh() {
        soon(() -> ask(FIRST_RETRY));
    }

    /** Takes a change that the source has told of. Returns at once. */
    void changed(Element change) {
        synchronized (waiting) {
            if (waiting.size() >= MAX_WAITING) {
                overflown = true;
                return;
            }
            waiting.add(change.createCopy());
            if (waiting.size() > 1) {
                return;
            }
        }
        soon(this::apply);
    }

    /** All that waits, and then keeps it once. */
    private void apply() {
        Element[] changes;
        synchronized (waiting) {
            changes = waiting.toArray(Element[]::new);
            waiting.clear();
            missed |= overflown;
            overflown = false;
        }
        boolean added = false;
        for (Element change : changes) {
            added |= list.apply(change, clock.instant());
        }
        keep();
        if (added) {
            onAdded.run();
        }
        askWhatWasMissed();
    }

    /** When a reading is under way, after it: what it has read already may lack what was missed. */
    private void askWhatWasMissed() {
        if (missed && list.begin()) {
            missed = false;
            LOG.warn("{} sends changes faster than they can be taken; its list is read anew", service());
            page(null, MAX_PAGES, FIRST_RETRY);
        }
    }

    private void subscribe() {
        IQ subscribe = request(IQ.Type.set);
        subscribe
                .getElement()
                .addElement("pubsub", PUBSUB)
                .addElement("subscribe")
                .addAttribute("node", list.source().node())
                .addAttribute("jid", host.domain());
        host.stanzas().request(subscribe, ANSWER_MILLIS, answer -> {
            if (answer == null || answer.getType() == IQ.Type.error) {
                LOG.info("{} did not take our subscription; its list is read every some hours", service());
            }
        });
    }

    private void ask(Duration retry) {
        if (!ended && list.begin()) {
            page(null, MAX_PAGES, retry);
        }
    }

    /** Reads the list a page at a time (XEP-0059), as large as the service likes. */
    private void page(String after, int pagesLeft, Duration retry) {
        IQ request = request(IQ.Type.get);
        Element pubsub = request.getElement().addElement("pubsub", PUBSUB);
        pubsub.addElement("items").addAttribute("node", list.source().node());
        if (after != null) {
            pubsub.addElement("set", "http://jabber.org/protocol/rsm")
                    .addElement("after")
                    .setText(after);
        }
        host.stanzas().request(request, ANSWER_MILLIS, answer -> soon(() -> answered(answer, after, pagesLeft, retry)));
    }

    private void answered(IQ answer, String after, int pagesLeft, Duration retry) {
        Element pubsub = answer == null ? null : answer.getElement().element("pubsub");
        Element items = pubsub == null ? null : pubsub.element("items");
        if (answer == null || answer.getType() == IQ.Type.error || items == null) {
            list.abandon(
                    answer == null
                            ? "It did not answer within " + ANSWER_MILLIS / 1_000 + " s; what was last known holds"
                            : "It refused to show its list; what was last known holds");
            retry(retry);
            return;
        }
        boolean holdsItems = items.elementIterator("item").hasNext();
        int known = list.read(items);
        Element set = pubsub.element("set");
        String last = set == null ? null : set.elementText("last");
        // A service that shows the same page again does not know pages.
        if (last != null && !last.equals(after) && holdsItems && known < count(set)) {
            if (pagesLeft > 0) {
                page(last, pagesLeft - 1, retry);
                return;
            }
            LOG.warn("{} has more than {} pages; the rest of its list is left out", service(), MAX_PAGES);
        }
        try {
            list.complete(clock.instant());
        } catch (IOException e) {
            list.failed("It could not be kept in its file: " + e.getMessage());
        }
        onAdded.run();
        askWhatWasMissed();
    }

    private void retry(Duration retry) {
        Duration next = retry.multipliedBy(2).compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : retry.multipliedBy(2);
        if (!ended && !worker.isShutdown()) {
            var unused = worker.schedule(() -> ask(next), retry.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void keep() {
        try {
            list.save();
        } catch (IOException e) {
            list.failed("It could not be kept in its file: " + e.getMessage());
        }
    }

    private void soon(Runnable task) {
        if (!worker.isShutdown()) {
            worker.execute(task);
        }
    }

    private IQ request(IQ.Type type) {
        IQ request = new IQ(type);
        request.setFrom(host.domain());
        request.setTo(list.source().service());
        return request;
    }

    private String service() {
        return list.source().service().toString();
    }

    private static int count(Element set) {
        String count = set.elementText("count");
        try {
            return count == null ? Integer.MAX_VALUE : Integer.parseInt(count.strip());
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
