// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class SentEventsTest {
    private static final JID ROMEO = new JID("romeo@home.example");
    private static final JID PHONE = new JID("romeo@home.example/phone");
    private static final JID LAPTOP = new JID("romeo@home.example/laptop");
    private static final SentEvents.Event LIST = event(1);

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final SentEvents sent = new SentEvents(() -> Instant.ofEpochMilli(now.get()));

    @Test
    void eachReceiverIsToldOnce() {
        assertThat(sent.isFirst(LIST, PHONE, 1)).isTrue();
        assertThat(sent.isFirst(LIST, LAPTOP, 1)).isTrue();
        assertThat(sent.isFirst(LIST, PHONE, 1)).isFalse();
    }

    @Test
    void anotherContentIsAnotherEventAndTheFirstIsStillKnown() {
        sent.isFirst(LIST, PHONE, 1);

        assertThat(sent.isFirst(event(2), PHONE, 1)).isTrue();
        assertThat(sent.isFirst(LIST, PHONE, 1)).isFalse();
    }

    @Test
    void theSameContentPublishedAgainIsAnotherEvent() {
        sent.isFirst(LIST, PHONE, 1);
        sent.begin(LIST);

        assertThat(sent.isFirst(LIST, PHONE, 1)).isTrue();
    }

    @Test
    void whoComesAgainIsToldAgain() {
        sent.isFirst(LIST, PHONE, 1);

        assertThat(sent.isFirst(LIST, PHONE, 2)).isTrue();
    }

    @Test
    void whoHeardWhenItHappenedNeedsNotHearOfThePast() {
        SentEvents.Event past = new SentEvents.Event(ROMEO, LIST.nodeId(), true, 1);
        sent.isFirst(LIST, PHONE, 1);

        assertThat(sent.isFirst(past, PHONE, 1)).isFalse();
        assertThat(sent.isFirst(past, LAPTOP, 1)).isTrue();
        assertThat(sent.isFirst(past, LAPTOP, 1)).isFalse();
        assertThat(sent.isFirst(past, PHONE, 2)).isTrue();
        assertThat(sent.isFirst(LIST, LAPTOP, 1)).isTrue();
    }

    @Test
    void copiesAreKnownForAsLongAsTheyKeepComing() {
        sent.isFirst(LIST, PHONE, 1);
        for (int i = 0; i < 5; i++) {
            now.addAndGet(SentEvents.IDLE_MILLIS - 1);
            assertThat(sent.isFirst(LIST, PHONE, 1)).isFalse();
        }
        now.addAndGet(SentEvents.IDLE_MILLIS + 1);

        assertThat(sent.isFirst(LIST, PHONE, 1)).isTrue();
    }

    @Test
    void withTooManyAtOnceCopiesGetThroughUntilThereIsRoom() {
        for (int i = 0; i < SentEvents.MAX_EVENTS; i++) {
            assertThat(sent.isFirst(event(i), PHONE, 1)).isTrue();
        }
        assertThat(sent.isFirst(event(-1), PHONE, 1)).isTrue();
        assertThat(sent.isFirst(event(-1), PHONE, 1)).isTrue();
        assertThat(sent.isFirst(event(7), PHONE, 1)).isFalse();

        now.addAndGet(SentEvents.IDLE_MILLIS + 1);
        assertThat(sent.isFirst(event(-1), PHONE, 1)).isTrue();
        assertThat(sent.isFirst(event(-1), PHONE, 1)).isFalse();
    }

    @Test
    void ofManyThreadsOneIsFirst() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 200; round++) {
                SentEvents.Event event = event(10_000 + round);
                CountDownLatch go = new CountDownLatch(1);
                List<Future<Boolean>> answers = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    answers.add(pool.submit(() -> {
                        go.await();
                        return sent.isFirst(event, PHONE, 1);
                    }));
                }
                go.countDown();
                int first = 0;
                for (Future<Boolean> answer : answers) {
                    first += answer.get() ? 1 : 0;
                }
                assertThat(first).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static SentEvents.Event event(long content) {
        return new SentEvents.Event(ROMEO, "urn:xmpp:omemo:2:devices", false, content);
    }
}
