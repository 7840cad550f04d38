// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class AwaitedPublishesTest {
    private static final JID PHONE = new JID("romeo@home.example/phone");
    private static final JID LAPTOP = new JID("romeo@home.example/laptop");

    private final Hands clock = new Hands();
    private final AwaitedPublishes awaited = new AwaitedPublishes(clock);

    @Test
    void givesAPublishToItsAnswerOnce() {
        AwaitedPublishes.Publish publish = publish(PHONE);
        awaited.add("1", publish);

        assertThat(awaited.take(PHONE, "1", null)).isSameAs(publish);
        assertThat(awaited.take(PHONE, "1", null)).isNull();
        assertThat(awaited.isEmpty()).isTrue();
    }

    @Test
    void knowsPublishesByClientAndId() {
        awaited.add("1", publish(PHONE));

        assertThat(awaited.take(LAPTOP, "1", null)).isNull();
        assertThat(awaited.take(PHONE, "2", null)).isNull();
        assertThat(awaited.isEmpty()).isFalse();
    }

    @Test
    void takesNoAnswerFromStrangersAndOtherDevices() {
        awaited.add("1", publish(PHONE));

        assertThat(awaited.take(PHONE, "1", new JID("mallory@far.example"))).isNull();
        assertThat(awaited.take(PHONE, "1", LAPTOP)).isNull();
        assertThat(awaited.take(PHONE, "1", PHONE.asBareJID())).isNotNull();
    }

    @Test
    void refusesAnIdThatIsNotAnsweredYet() {
        AwaitedPublishes.Publish first = publish(PHONE);

        assertThat(awaited.add("1", first)).isTrue();
        assertThat(awaited.add("1", publish(PHONE))).isFalse();
        assertThat(awaited.take(PHONE, "1", null)).isSameAs(first);
    }

    @Test
    void takesAnIdAgainThatWasNeverAnswered() {
        awaited.add("1", publish(PHONE));
        clock.now = clock.now.plus(Awaited.MAX_AGE).plusMillis(1);
        AwaitedPublishes.Publish second = publish(PHONE);

        assertThat(awaited.add("1", second)).isTrue();
        assertThat(awaited.take(PHONE, "1", null)).isSameAs(second);
    }

    @Test
    void holdsABoundedNumberAndForgetsTheOld() {
        for (int i = 0; i < Awaited.MAX_SIZE; i++) {
            assertThat(awaited.add("id" + i, publish(PHONE))).isTrue();
        }
        assertThat(awaited.add("one more", publish(PHONE))).isFalse();

        clock.now = clock.now.plus(Awaited.MAX_AGE).plusMillis(1);

        assertThat(awaited.add("one more", publish(PHONE))).isTrue();
        assertThat(awaited.take(PHONE, "id0", null)).isNull();
    }

    @Test
    void anyAnswerLetsItForgetWhatNeverWasAnswered() {
        awaited.add("1", publish(PHONE));
        clock.now = clock.now.plus(Awaited.MAX_AGE).plusMillis(1);

        awaited.take(LAPTOP, "another", null);

        assertThat(awaited.isEmpty()).isTrue();
    }

    private static AwaitedPublishes.Publish publish(JID client) {
        return new AwaitedPublishes.Publish(client, "node", List.of(), null, false);
    }

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-11-22T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
