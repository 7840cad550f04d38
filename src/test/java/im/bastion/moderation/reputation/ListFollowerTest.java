// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.book.RuleBook;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.MemoryRecords;
import im.bastion.store.PolicyRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** How a list is read and kept up, whatever its source sends. */
class ListFollowerTest {
    private static final String SPAMMER_HASH = ListedHash.hex("spammer@bad.example");
    private static final String DOMAIN_HASH = ListedHash.hex("bad.example");
    private static final JID OTHER = new JID("other@bad.example");

    @TempDir
    private Path folder;

    private MemoryHost host;
    private FollowedLists lists;
    private ListSource source;

    @BeforeEach
    void open() {
        host = new MemoryHost(folder);
        lists = new FollowedLists(
                host, new MemoryRecords(), event -> {}, Clock.systemUTC(), new OwnList(host, () -> false));
    }

    @AfterEach
    void close() {
        lists.close();
        host.close();
    }

    private void follow() {
        RuleBook book = RuleBook.of(List.of(BlockListRule.type(lists)))
                .with(List.of(new PolicyRow(
                        new RuleId("moderation.block-list"),
                        1,
                        Mode.ENFORCE,
                        "{\"service\":\"lists.example\"}",
                        "admin",
                        Instant.EPOCH)));
        source = ((BlockListRule) book.rules().get(0).rule()).source();
        lists.use(book.rules());
    }

    private boolean isRefused(JID person) {
        return lists.refusal(source, person) != null;
    }

    private void event(String change) {
        lists.accept(new Message(
                StanzaXml.parse("<message from='lists.example' to='home.example'>"
                        + "<event xmlns='http://jabber.org/protocol/pubsub#event'>"
                        + change.replace("NODE", "muc_bans_sha256")
                        + "</event></message>"),
                true));
    }

    /** A service that shows so many entries to a page, and says so by XEP-0059. */
    private void serve(List<String> ids, int pageSize, AtomicInteger asked) {
        host.stanzas().answerWith(request -> {
            IQ result = IQ.createResultIQ(request);
            if (request.getType() == IQ.Type.set) {
                return result;
            }
            asked.incrementAndGet();
            Element wanted = request.getElement().element("pubsub").element("set");
            int from = wanted == null ? 0 : ids.indexOf(wanted.elementText("after")) + 1;
            List<String> page = ids.subList(from, Math.min(ids.size(), from + pageSize));
            Element pubsub = result.getElement().addElement("pubsub", ListFollower.PUBSUB);
            Element items = pubsub.addElement("items").addAttribute("node", "muc_bans_sha256");
            page.forEach(id -> items.addElement("item").addAttribute("id", id));
            Element set = pubsub.addElement("set", "http://jabber.org/protocol/rsm");
            if (!page.isEmpty()) {
                set.addElement("last").setText(page.get(page.size() - 1));
            }
            set.addElement("count").setText(String.valueOf(ids.size()));
            return result;
        });
    }

    @Test
    void theWholeListIsReadInPagesAndWhatIsAbsentNextTimeIsGone() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ids.add(i % 5 == 4 ? "junk-" + i : ListedHash.hex("p" + i + "@bad.example"));
        }
        AtomicInteger asked = new AtomicInteger();
        serve(ids, 4, asked);
        follow();
        Awaitility.await().until(() -> lists.sources().get(0).entries() == 20);
        assertThat(lists.sources().get(0).problem()).startsWith("5 entries are no entries");
        assertThat(isRefused(new JID("p23@bad.example"))).isTrue();
        ids.subList(10, 25).clear();
        lists.refresh();
        Awaitility.await().until(() -> lists.sources().get(0).entries() == 8);
        assertThat(isRefused(new JID("p23@bad.example"))).isFalse();
        host.stanzas().answerWith(request -> null);
        lists.refresh();
        Awaitility.await().until(() -> lists.sources().get(0).problem().contains("did not answer"));
        assertThat(lists.sources().get(0).entries())
                .as("what was last known holds")
                .isEqualTo(8);
    }

    @Test
    void aServiceThatShowsTheSamePageForEverIsAskedTwice() {
        AtomicInteger asked = new AtomicInteger();
        host.stanzas().answerWith(request -> {
            asked.incrementAndGet();
            IQ result = IQ.createResultIQ(request);
            Element pubsub = result.getElement().addElement("pubsub", ListFollower.PUBSUB);
            pubsub.addElement("items").addElement("item").addAttribute("id", SPAMMER_HASH);
            pubsub.addElement("set", "http://jabber.org/protocol/rsm")
                    .addElement("last")
                    .setText(SPAMMER_HASH);
            return result;
        });
        follow();
        Awaitility.await().until(() -> lists.sources().get(0).problem().isEmpty());
        assertThat(asked.get()).as("to subscribe, and twice for a page").isEqualTo(3);
        assertThat(lists.sources().get(0).entries()).isEqualTo(1);
    }

    @Test
    void aFloodOfChangesWaitsInABoundedPlaceAndTheListIsReadAnew() throws Exception {
        follow();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        lists.onAdded(() -> {
            stopped.countDown();
            try {
                boolean unused = busy.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        event("<items node='NODE'><item id='" + SPAMMER_HASH + "'/></items>");
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        AtomicInteger asked = new AtomicInteger();
        serve(List.of(DOMAIN_HASH), 10, asked);
        for (int i = 0; i < 5_000; i++) {
            event("<items node='NODE'><item id='" + ListedHash.hex("p" + i + "@bad.example") + "'/></items>");
        }
        busy.countDown();
        Awaitility.await()
                .until(() -> isRefused(OTHER) && lists.sources().get(0).entries() == 1);
        assertThat(asked.get()).isBetween(1, 2);
    }

    @Test
    void whatIsToldWhileTheListIsReadIsNotLost() {
        FollowedList list = new FollowedList(
                new ListSource(new JID("lists.example"), "n", ListSource.Format.SHA256, 100), folder.resolve("n.list"));
        assertThat(list.begin()).isTrue();
        assertThat(list.begin()).as("while one reading is under way").isFalse();
        list.read(StanzaXml.parse("<items><item id='" + SPAMMER_HASH + "'/></items>"));
        list.apply(
                StanzaXml.parse("<items><item id='" + DOMAIN_HASH + "'/><retract id='" + SPAMMER_HASH + "'/></items>"),
                Instant.EPOCH);
        assertThatCode(() -> list.complete(Instant.EPOCH)).doesNotThrowAnyException();
        assertThat(list.names(ListedHash.of("bad.example"))).isTrue();
        assertThat(list.names(ListedHash.of("spammer@bad.example"))).isFalse();
    }

    @Test
    void manyDifferentReasonsTakeNoMorePlaceThanSome() {
        ListedReasons reasons = new ListedReasons();
        for (int i = 0; i < 1_000; i++) {
            Element item =
                    StanzaXml.parse("<item><report xmlns='urn:xmpp:reporting:1' reason='urn:xmpp:reporting:abuse'>"
                            + "<text>text " + i + "</text></report></item>");
            assertThat(reasons.text(reasons.mark(item))).isEqualTo(i < 252 ? "abuse: text " + i : "abuse");
        }
        assertThat(reasons.all()).hasSize(ListedReasons.MAX);
    }
}
