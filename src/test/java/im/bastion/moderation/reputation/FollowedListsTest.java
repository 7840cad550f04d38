// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Affiliation;
import im.bastion.host.StanzaXml;
import im.bastion.host.memory.MemoryHost;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.reputation.BlockLists.Source;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.MemoryRecords;
import im.bastion.store.PolicyRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class FollowedListsTest {
    private static final JID SPAMMER = new JID("spammer@bad.example");
    private static final String SPAMMER_HASH = "ff18e15fde6d195331e97b32a4c390ee1ce37aec3d6f54ea0993619531fa5134";
    private static final String DOMAIN_HASH = "86bbe8ffb912a153c9a8b396246aeeae079cd324af4dd947a2bf59a698eabc62";
    private static final JID OTHER = new JID("other@bad.example");

    @TempDir
    private Path folder;

    private MemoryHost host;
    private FollowedLists lists;
    private List<ActiveRule> rules;

    @BeforeEach
    void open() {
        host = new MemoryHost(folder);
        lists = lists();
    }

    @AfterEach
    void close() {
        lists.close();
        host.close();
    }

    private FollowedLists lists() {
        return new FollowedLists(
                host, new MemoryRecords(), event -> {}, Clock.systemUTC(), new OwnList(host, () -> false));
    }

    private void follow(String... definitions) {
        follow(Mode.ENFORCE, definitions);
    }

    /** @param last of the last one; the others are enforced */
    private void follow(Mode last, String... definitions) {
        List<PolicyRow> rows = new ArrayList<>();
        for (int i = 0; i < definitions.length; i++) {
            rows.add(new PolicyRow(
                    new RuleId("moderation.list-" + i),
                    1,
                    i == definitions.length - 1 ? last : Mode.ENFORCE,
                    "{\"type\":\"block-list\"," + definitions[i].replace('\'', '"') + "}",
                    "admin",
                    Instant.EPOCH));
        }
        RuleBook book = RuleBook.of(List.of(BlockListRule.type(lists))).with(rows);
        assertThat(book.problems()).isEmpty();
        rules = book.rules();
        lists.use(rules);
    }

    private void event(String from, String node, String change) {
        Message message = new Message(
                StanzaXml.parse("<message from='" + from + "' to='home.example'>"
                        + "<event xmlns='http://jabber.org/protocol/pubsub#event'>" + change.replace("NODE", node)
                        + "</event></message>"),
                true);
        lists.accept(message);
    }

    private boolean isRefused(int rule, JID person) {
        return refusal(rule, person) != null;
    }

    private String refusal(int rule, JID person) {
        return lists.refusal(((BlockListRule) rules.get(rule).rule()).source(), person);
    }

    @Test
    void publishedHashesAreThoseOfTheirNames() {
        assertThat(ListedHash.hex("sales@stolen-cardz.example"))
                .isEqualTo("7583a9b348a498d329089a20d51b4fa0da65da0cab52bf300e0d775750311fc9");
        assertThat(ListedHash.hex("spammer@bad.example")).isEqualTo(SPAMMER_HASH);
        assertThat(ListedHash.read(DOMAIN_HASH.toUpperCase(Locale.ROOT))).isEqualTo(ListedHash.of("bad.example"));
    }

    @Test
    void eventsOfTheSourceAddAndRemoveAndOthersAreIgnored() {
        follow("'service':'lists.example'");
        String item = "<items node='NODE'><item id='" + SPAMMER_HASH + "'/></items>";
        event("evil.example", "muc_bans_sha256", item);
        event("lists.example", "other_node", item);
        assertThat(isRefused(0, SPAMMER)).isFalse();
        event("lists.example", "muc_bans_sha256", item);
        Awaitility.await().until(() -> isRefused(0, SPAMMER));
        assertThat(isRefused(0, OTHER)).isFalse();
        event(
                "lists.example",
                "muc_bans_sha256",
                "<items node='NODE'><item id='" + DOMAIN_HASH + "'/><item id='junk'/><item id=''/></items>");
        Awaitility.await().until(() -> isRefused(0, OTHER));
        event("lists.example", "muc_bans_sha256", "<items node='NODE'><retract id='" + DOMAIN_HASH + "'/></items>");
        Awaitility.await().until(() -> !isRefused(0, OTHER));
        assertThat(isRefused(0, SPAMMER)).isTrue();
        event("lists.example", "muc_bans_sha256", "<purge node='NODE'/>");
        Awaitility.await().until(() -> !isRefused(0, SPAMMER));
    }

    @Test
    void severalListsTogetherDecideByTheirTrust() {
        follow("'service':'one.example','trust':60", "'service':'two.example','trust':60");
        String item = "<items node='NODE'><item id='" + SPAMMER_HASH + "'/></items>";
        event("one.example", "muc_bans_sha256", item);
        Awaitility.await().until(() -> lists.sources().get(0).entries() == 1);
        assertThat(isRefused(0, SPAMMER)).isFalse();
        event("two.example", "muc_bans_sha256", item);
        Awaitility.await().until(() -> isRefused(0, SPAMMER) && isRefused(1, SPAMMER));
    }

    @Test
    void aListThatIsOnlyObservedHelpsNoOtherToAct() {
        follow(Mode.OBSERVE, "'service':'one.example','trust':60", "'service':'two.example','trust':60");
        String item = "<items node='NODE'><item id='" + SPAMMER_HASH + "'/></items>";
        event("one.example", "muc_bans_sha256", item);
        event("two.example", "muc_bans_sha256", item);
        Awaitility.await().until(() -> isRefused(1, SPAMMER));
        assertThat(lists.sources()).extracting(Source::entries).containsExactly(1, 1);
        assertThat(lists.sources()).extracting(Source::enforced).containsExactly(true, false);
        assertThat(isRefused(0, SPAMMER)).isFalse();
    }

    @Test
    void twoRulesForOneListAreOneSubscriptionAndBothFind() {
        follow("'service':'one.example','trust':40", "'service':'one.example','trust':100");
        event("one.example", "muc_bans_sha256", "<items node='NODE'><item id='" + SPAMMER_HASH + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, SPAMMER) && isRefused(1, SPAMMER));
        assertThat(lists.sources()).singleElement().satisfies(source -> assertThat(source.trust())
                .isEqualTo(100));
        List<ActiveRule> same = rules;
        lists.use(same);
        assertThat(isRefused(0, SPAMMER)).as("nothing was begun anew").isTrue();
    }

    @Test
    void nobodyElseDecidesAboutAllAccountsOfThisServer() {
        follow("'service':'lists.example'");
        JID local = new JID("anybody", host.domain(), null);
        event(
                "lists.example",
                "muc_bans_sha256",
                "<items node='NODE'><item id='" + ListedHash.hex(host.domain()) + "'/><item id='" + SPAMMER_HASH
                        + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, SPAMMER));
        assertThat(isRefused(0, local)).isFalse();
        event(
                "lists.example",
                "muc_bans_sha256",
                "<items node='NODE'><item id='" + ListedHash.hex(local.toString()) + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, local));
    }

    @Test
    void theReasonOfAnEntryIsKnownAlsoAfterARestart() {
        follow("'service':'lists.example'");
        event(
                "lists.example",
                "muc_bans_sha256",
                "<items node='NODE'><item id='" + SPAMMER_HASH + "'><report xmlns='urn:xmpp:reporting:1'"
                        + " reason='urn:xmpp:reporting:spam'><text>casino adverts</text></report></item><item id='"
                        + ListedHash.hex(OTHER.toString()) + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, SPAMMER) && isRefused(0, OTHER));
        assertThat(refusal(0, SPAMMER)).isEqualTo("spam: casino adverts");
        assertThat(refusal(0, OTHER)).isEmpty();
        lists.close();
        lists = lists();
        follow("'service':'lists.example'");
        Awaitility.await().until(() -> "spam: casino adverts".equals(refusal(0, SPAMMER)));
    }

    @Test
    void ourOwnListIsPublishedWhenThatIsWantedAndTakenAwayWhenItIsNot() {
        lists.close();
        AtomicBoolean wanted = new AtomicBoolean();
        List<String> asked = new CopyOnWriteArrayList<>();
        host.stanzas().answerWith(request -> {
            asked.add(request.toXML());
            return IQ.createResultIQ(request);
        });
        lists = new FollowedLists(
                host, new MemoryRecords(), event -> {}, Clock.systemUTC(), new OwnList(host, wanted::get));
        lists.addLocal("bad.example", true, "spam", "admin");
        lists.addLocal("good.example", false, "known", "admin");
        assertThat(asked).isEmpty();
        wanted.set(true);
        lists.publishAsWanted();
        Awaitility.await().until(() -> asked.size() == 2);
        assertThat(asked.get(0)).contains("<create", "muc_bans_sha256");
        assertThat(asked.get(1)).contains("<publish", DOMAIN_HASH, "spam").doesNotContain("admin", "bad.example");
        lists.addLocal("bad.example", false, "", "admin");
        assertThat(asked.get(2)).contains("<retract", DOMAIN_HASH);
        wanted.set(false);
        lists.publishAsWanted();
        Awaitility.await().until(() -> asked.size() == 4);
        assertThat(asked.get(3)).contains("pubsub#owner", "<delete");
    }

    @Test
    void ourOwnEntriesWinOverAllLists() {
        follow("'service':'lists.example'");
        event("lists.example", "muc_bans_sha256", "<items node='NODE'><item id='" + DOMAIN_HASH + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, OTHER));
        lists.addLocal("other@bad.example", false, "known to us", "admin");
        assertThat(isRefused(0, OTHER)).isFalse();
        assertThat(isRefused(0, SPAMMER)).isTrue();
        lists.addLocal("fine.example", true, "spam", "admin");
        assertThat(isRefused(0, new JID("a@fine.example"))).isTrue();
        assertThat(lists.removeLocal("other@bad.example", "admin")).isTrue();
        assertThat(isRefused(0, OTHER)).isTrue();
    }

    @Test
    void aListHoldsAfterARestartWhileItsSourceIsAwayAndADamagedFileDoesNot() throws IOException {
        follow("'service':'lists.example'");
        event("lists.example", "muc_bans_sha256", "<items node='NODE'><item id='" + SPAMMER_HASH + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, SPAMMER));
        lists.close();
        lists = lists();
        follow("'service':'lists.example'");
        Awaitility.await().until(() -> isRefused(0, SPAMMER));
        lists.close();
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve("lists"))) {
            file = files.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 9] ^= 1;
        Files.write(file, bytes);
        lists = lists();
        follow("'service':'lists.example'");
        event("lists.example", "muc_bans_sha256", "<items node='NODE'><item id='" + DOMAIN_HASH + "'/></items>");
        Awaitility.await().until(() -> isRefused(0, OTHER));
        assertThat(lists.sources().get(0).entries()).isEqualTo(1);
    }

    @Test
    void whoIsInsideWhenListedIsPutOutUnlessAffiliated() {
        JID den = host.rooms().create("den", host.users().register("owner"));
        JID friend = new JID("friend@bad.example/x");
        host.rooms().enter(den, new JID("spammer@bad.example/x"), "S");
        host.rooms().enter(den, friend, "F");
        host.rooms().enter(den, new JID("kim@good.example/x"), "K");
        host.rooms().affiliate(den, friend, Affiliation.MEMBER);
        lists.onAdded(new ListedInside(host, lists, () -> rules, (room, occupant) -> host.roomActions()
                .kick(room, occupant.realJid(), "listed")));
        follow("'service':'lists.example'");
        event("lists.example", "muc_bans_sha256", "<items node='NODE'><item id='" + DOMAIN_HASH + "'/></items>");
        Awaitility.await().until(() -> !host.roomActions().done().isEmpty());
        assertThat(host.roomActions().done()).containsExactly("kick " + den + " spammer@bad.example/x: listed");
    }

    @Test
    void whoIsInsideWhenWeBlockThemIsPutOut() {
        JID den = host.rooms().create("den", host.users().register("owner"));
        host.rooms().enter(den, new JID("spammer@bad.example/x"), "S");
        RuleBook book = RuleBook.of(List.of(OwnListRule.type(lists)))
                .with(List.of(new PolicyRow(
                        new RuleId("moderation.own-list"), 1, Mode.ENFORCE, "{}", "admin", Instant.EPOCH)));
        lists.onAdded(new ListedInside(host, lists, book::rules, (room, occupant) -> host.roomActions()
                .kick(room, occupant.realJid(), "listed")));
        lists.addLocal("bad.example", true, "spam", "admin");
        Awaitility.await().until(() -> !host.roomActions().done().isEmpty());
        assertThat(host.roomActions().done()).containsExactly("kick " + den + " spammer@bad.example/x: listed");
    }

    @Test
    void aTableOfHashesIsASet() {
        HashTable table = new HashTable();
        Set<Long> model = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            long hash = random.nextInt(50_000) * 0x9E3779B97F4A7C15L;
            if (hash == 0 || hash == 1) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                assertThat(table.remove(hash)).isEqualTo(model.remove(hash));
            } else {
                assertThat(table.add(hash, (byte) hash)).isEqualTo(model.add(hash));
            }
        }
        assertThat(table.size()).isEqualTo(model.size());
        Map<Long, Byte> shown = new HashMap<>();
        table.each(shown::put);
        assertThat(shown.keySet()).isEqualTo(model);
        assertThat(shown).allSatisfy((hash, mark) -> assertThat(mark).isEqualTo(hash.byteValue()));
    }
}
