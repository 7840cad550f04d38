// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.gate.Gate;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.moderation.book.DefaultRules;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryPolicyStore;
import im.bastion.store.Records;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** A crowd without end cannot fill the memory: measured, with all proposed rules in force. */
class ManySendersTest {
    /** More than any of the guard's memories has places. */
    private static final int CROWD = 150_000;

    private static final long MOST_BYTES = 96L << 20;
    private static final long MOST_MORE_BYTES = 24L << 20;

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final MemoryPolicyStore policies = new MemoryPolicyStore();

    @Test
    void aSecondCrowdTakesNoMorePlaceThanTheFirstAndNobodyHonestIsPunished() {
        JID den = host.rooms().create("den", host.users().register("owner"));
        DefaultRules.ALL.forEach(rule -> policies.change(rule.rule(), Mode.ENFORCE, rule.body(), "admin"));
        settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        Clock clock = Clock.systemUTC();
        Counters counters = new Counters();
        ModerationFeature feature = new ModerationFeature(
                host, settings, policies, event -> {}, counters, new Health(clock), clock, new NoRecords());
        feature.start();
        var watching = host.traffic()
                .watch(new Gate(
                        host.domain(), host.rooms(), host.serverSessions(), List.of(feature.guard()), counters));
        JID flooder = new JID("flooder@bad.example/x");
        for (int i = 0; i < 30; i++) {
            say(den, flooder, "flood number " + i);
        }
        assertThat(say(den, flooder, "more")).as("a flooder waits").isFalse();
        long before = used();
        crowd(den, 0);
        long first = used();
        crowd(den, CROWD);
        long second = used();
        assertThat(first - before).as("bytes that a crowd takes").isLessThan(MOST_BYTES);
        assertThat(second - first).as("bytes that another takes").isLessThan(MOST_MORE_BYTES);
        assertThat(feature.services().sanctions().inForce(null))
                .extracting(sanction -> sanction.person().toString())
                .containsOnly("flooder@bad.example");
        watching.close();
        feature.close();
        settings.close();
        host.close();
    }

    private void crowd(JID den, int from) {
        for (int i = from; i < from + CROWD; i++) {
            say(den, new JID("s" + i, "d" + i % 5_000 + ".example", "x", true), i % 4 == 0 ? "Hello " + i : "");
        }
    }

    /** A database that takes everything and keeps nothing, so that only the guard's own memory is measured. */
    private static final class NoRecords implements Records {
        @Override
        public Optional<Row> get(String kind, String id) {
            return Optional.empty();
        }

        @Override
        public void put(List<Row> rows) {
            assertThat(rows).isNotEmpty();
        }

        @Override
        public boolean delete(String kind, String id) {
            return false;
        }

        @Override
        public List<Row> newest(String kind, long before, int max) {
            return List.of();
        }

        @Override
        public List<Row> newest(String kind, String scope, long before, int max) {
            return List.of();
        }

        @Override
        public List<Row> after(String kind, String id, int max) {
            return List.of();
        }

        @Override
        public long count(String kind) {
            return 0;
        }

        @Override
        public int purge(long now, int max) {
            return 0;
        }
    }

    private boolean say(JID den, JID who, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setFrom(who);
        message.setTo(den);
        message.setBody(body);
        boolean passed = host.traffic().fromElsewhere(message);
        host.stanzas().forget();
        return passed;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
