// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.console.Browser.Answer;
import im.bastion.gate.Gate;
import im.bastion.host.Affiliation;
import im.bastion.host.RoomTraits;
import im.bastion.host.Subscription;
import im.bastion.moderation.ModerationSettings;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/** Rooms, the feed, cases, sanctions, lists and statistics, as an admin works with them. */
class RoomPagesTest {
    private static final JID KIM = new JID("kim@away.example/phone");

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");
    private Subscription watching;
    private JID den;

    @BeforeEach
    void furnish() {
        stage.settings.set(ModerationSettings.MODE, Mode.ENFORCE);
        stage.moderation.start();
        watching = stage.host
                .traffic()
                .watch(new Gate(
                        stage.host.domain(),
                        stage.host.rooms(),
                        stage.host.serverSessions(),
                        List.of(stage.moderation.guard()),
                        stage.counters));
        den = stage.host.rooms().create("den", stage.host.users().register("owner"));
        stage.host.rooms().enter(den, KIM, "Kim <b>");
    }

    @AfterEach
    void close() {
        watching.close();
        stage.close();
    }

    private String get(String page, String... parameters) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        Answer answer = admin.get(stage.page(page), all);
        assertThat(answer.status()).isEqualTo(200);
        return answer.html();
    }

    private Answer post(String page, String... fields) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        return admin.post(stage.page(page), all);
    }

    private void rule(String name, String body) throws SQLException {
        stage.policies.change(new RuleId("moderation." + name), Mode.ENFORCE, body.replace('\'', '"'), "admin");
    }

    private boolean says(JID who, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setFrom(who);
        message.setTo(den);
        message.setBody(body);
        return stage.host.traffic().fromElsewhere(message);
    }

    private static int count(String html, String text) {
        return html.split(Pattern.quote(text), -1).length - 1;
    }

    private Case only() {
        Awaitility.await().until(() -> !cases().isEmpty());
        return cases().get(0);
    }

    private List<Case> cases() {
        return stage.moderation.services().cases().latest(null, null, Stage.NOW.plus(Duration.ofDays(9_999)), 10);
    }

    @Test
    void aThousandRoomsArePagedFilteredAndOrderedByTheAddress() {
        for (int i = 0; i < 1_000; i++) {
            JID room = stage.host.rooms().create("hall-" + i, new JID("owner@home.example"));
            for (int j = 0; j < i % 4; j++) {
                stage.host.rooms().enter(room, new JID("p" + j + "@home.example/x"), "P" + j);
            }
        }
        String first = get("rooms");
        assertThat(first).contains("1001 rooms.", "Page 1 of 21.", "?page=2").doesNotContain("hall-9@");
        assertThat(count(first, "bastion-room.jsp?room=")).isEqualTo(50);
        assertThat(get("rooms", "page", "21")).contains("Page 21 of 21.", "hall-9@");
        assertThat(get("rooms", "page", "77")).contains("Page 21 of 21.");
        assertThat(get("rooms", "q", "HALL-99"))
                .contains("11 rooms.", "hall-990@")
                .doesNotContain("den@");
        assertThat(get("rooms", "sort", "occupants")).contains("hall-103@", "?sort=occupants&amp;page=2");
        assertThat(get("rooms", "only", "shielded")).contains("No room is like that.");
        assertThat(get("rooms", "sort", "<script>", "only", "x", "page", "-3")).contains("Page 1 of 21.");
    }

    @Test
    void aRoomShowsWhatHoldsThere() throws Exception {
        stage.host.rooms().configure(den, new RoomTraits(Stage.HOSTILE, true, true, false, false, false));
        rule("slow", "{'type':'slow-mode','seconds':20,'rooms':['" + den + "']}");
        rule("hold", "{'seconds':300}");
        rule("attic", "{'type':'link','rooms':['attic@*']}".replace("attic@*", "attic@" + den.getDomain()));
        assertThat(says(KIM, "hello")).isFalse();
        String html = get("room", "room", den.toString());
        assertThat(html)
                .contains("moderated", "members only", "accounts hidden", "temporary", "log off")
                .contains("Slow mode: 20 s", "1 message held back", "moderation.slow", "moderation.hold")
                .contains("Kim &lt;b&gt;", "kim@away.example/phone", "participant", "owner@home.example")
                .doesNotContain("moderation.attic", "<script>alert");
        assertThat(get("rooms")).contains("Slow mode: 20 s").doesNotContain("<script>alert");
        assertThat(get("rooms", "only", "holding")).contains("1 room.");
        assertThat(get("room", "room", "nowhere@home.example")).contains("There is no such room");
        assertThat(get("room", "room", "a@@b")).contains("There is no such room");
        assertThat(get("room")).contains("There is no such room");
    }

    @Test
    void aHeldMessageIsDroppedFromTheRoomsPage() throws Exception {
        rule("hold", "{'seconds':300}");
        says(KIM, "hello");
        Matcher key = Pattern.compile("name=\"id\" value=\"(\\d+)\"").matcher(get("room", "room", den.toString()));
        assertThat(key.find()).isTrue();
        Answer done = post("room", "action", "drop", "id", key.group(1), "room", den.toString());
        assertThat(done.location()).contains("done=done");
        assertThat(stage.moderation.services().holds().size()).isZero();
        List<Packet> sent = stage.host.stanzas().sent();
        assertThat(sent.get(sent.size() - 1).toXML()).contains("type=\"error\"", "policy-violation", KIM.toString());
        assertThat(stage.recorded).extracting(AuditEvent::action).contains("held-message-dropped");
        assertThat(post("room", "action", "drop", "id", key.group(1), "room", den.toString())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theFeedIsFilteredAndACaseIsDecided() throws Exception {
        rule("listed-phrase", "{'phrases':['buy pills']}");
        says(KIM, "buy pills <i>now</i>");
        says(new JID("lee@away.example/x"), "buy pills");
        Awaitility.await().until(() -> cases().size() == 2);
        Case one = only();
        assertThat(get("feed")).contains("buy pills &lt;i&gt;now&lt;/i&gt;", "lee@away.example", "data-live=\"feed\"");
        assertThat(get("feed", "person", "kim@")).contains("kim@away.example").doesNotContain("lee@away.example");
        assertThat(get("feed", "rule", "moderation.other")).contains("No rule has found anything yet.");
        assertThat(get("feed", "only", "observed")).doesNotContain("kim@away.example");
        assertThat(get("feed", "room", den.toString())).contains("kim@away.example");
        assertThat(get("feed", "room", "a@@b")).doesNotContain("kim@away.example");
        assertThat(get("case", "reference", one.reference().toLowerCase(Locale.ROOT)))
                .contains(one.reference(), "moderation.listed-phrase", "buy pills", "acted");
        assertThat(get("case", "reference", "nonsense")).contains("There is no case");
        assertThat(post("case", "action", "overturn", "id", one.reference()).location())
                .startsWith("bastion-case.jsp?done=done");
        assertThat(get("case", "reference", one.reference())).contains("overturned", "Decided by", "admin");
        assertThat(get("feed", "only", "overturned")).contains(one.reference());
    }

    @Test
    void longListsArePagedByTimeAndNothingIsLeftOut() throws Exception {
        rule("listed-phrase", "{'phrases':['buy pills']}");
        for (int i = 0; i < 120; i++) {
            says(new JID("p" + i + "@away.example/x"), "buy pills");
        }
        Awaitility.await()
                .until(() -> stage.moderation
                                .services()
                                .cases()
                                .latest(null, null, Stage.NOW.plus(Duration.ofDays(9_999)), 200)
                                .size()
                        == 120);
        Set<String> seen = new HashSet<>();
        String before = "0";
        for (int page = 0; page < 10 && before != null; page++) {
            String html = get("feed", "before", before);
            Matcher people = Pattern.compile("p\\d+@away\\.example").matcher(html);
            while (people.find()) {
                seen.add(people.group());
            }
            Matcher older = Pattern.compile("before=([\\d.]+)\" rel=\"next\"").matcher(html);
            before = older.find() ? older.group(1) : null;
        }
        assertThat(before).as("the list has an end").isNull();
        assertThat(seen).hasSize(120);
    }

    @Test
    void aSanctionIsImposedFoundAndEnded() {
        assertThat(post(
                                "sanctions",
                                "action",
                                "impose",
                                "room",
                                den.toString(),
                                "person",
                                "kim@away.example",
                                "kind",
                                "mute",
                                "minutes",
                                "60",
                                "reason",
                                Stage.HOSTILE)
                        .location())
                .contains("done=done");
        Sanction mute = stage.moderation.services().sanctions().inForce(den).get(0);
        assertThat(mute.by()).isEqualTo("admin");
        assertThat(get("sanctions"))
                .contains("1 mute or ban in force.", "kim@away.example")
                .doesNotContain("<script>al");
        assertThat(get("sanctions", "q", "KIM@", "kind", "mute")).contains(mute.id());
        assertThat(get("sanctions", "kind", "ban")).doesNotContain(mute.id());
        assertThat(get("rooms", "only", "sanctioned")).contains("1 room.");
        assertThat(post("sanctions", "action", "lift", "id", mute.id()).location())
                .contains("done=done");
        Awaitility.await().untilAsserted(() -> assertThat(get("sanctions", "show", "all"))
                .contains("kim@away.example", "Mute", "by <bdi>admin</bdi>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"room", "person", "kind", "minutes", "reason"})
    void anImpositionNamesTheFieldThatIsWrong(String field) {
        Map<String, String> form = new HashMap<>(Map.of(
                "action",
                "impose",
                "room",
                den.toString(),
                "person",
                "kim@away.example",
                "kind",
                "ban",
                "minutes",
                "5",
                "reason",
                "noise"));
        form.put(field, field.equals("reason") ? "" : "a@@b");
        Answer refused = admin.post(stage.page("sanctions"), form);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("\"" + field + "\" must");
        assertThat(stage.moderation.services().sanctions().inForce(null)).isEmpty();
    }

    @Test
    void anOwnerIsOutOfReachAlsoFromTheConsole() {
        stage.host.rooms().affiliate(den, new JID("second@home.example"), Affiliation.OWNER);
        Answer refused = post(
                "sanctions",
                "action",
                "impose",
                "room",
                den.toString(),
                "person",
                "owner@home.example",
                "kind",
                "ban",
                "minutes",
                "0",
                "reason",
                "x");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.html()).contains("out of reach", "owner@home.example");
    }

    @Test
    void ourOwnListIsPagedAndSearched() {
        var lists = stage.moderation.services().lists();
        for (int i = 0; i < 120; i++) {
            lists.addLocal("d" + i + ".bad.example", i % 2 == 0, i == 7 ? "casino" : "spam", "admin");
        }
        assertThat(get("lists")).contains("120 entries of our own.", "Page 1 of 3.");
        assertThat(get("lists", "q", "CASINO")).contains("d7.bad.example").doesNotContain("d8.bad.example");
        assertThat(get("lists", "page", "3")).contains("Page 3 of 3.");
        Answer refused = post("lists", "action", "block", "subject", "a@@b", "reason", "why");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("value=\"a@@b\"", "value=\"why\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lift-shield",
                "drop",
                "uphold",
                "overturn",
                "retract",
                "restore",
                "lift",
                "refresh",
                "block",
                "unlist",
                "impose"
            })
    void nothingIsDoneWithoutTheToken(String action) {
        stage.moderation.services().lists().addLocal("known.example", true, "", "admin");
        int before = stage.recorded.size();
        for (String page : List.of("rooms", "room", "feed", "case", "sanctions", "retractions", "lists", "desk")) {
            Answer answer = admin.postWithoutToken(
                    stage.page(page),
                    Map.of(
                            "action",
                            action,
                            "id",
                            "known.example",
                            "subject",
                            "bad.example",
                            "room",
                            den.toString(),
                            "person",
                            "kim@away.example",
                            "kind",
                            "ban",
                            "minutes",
                            "1",
                            "reason",
                            "x"));
            assertThat(answer.status()).as(page).isEqualTo(403);
        }
        assertThat(stage.recorded).hasSize(before);
        assertThat(stage.moderation.services().lists().localEntries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rooms", "room", "feed", "case", "sanctions", "retractions", "lists", "desk", "statistics"})
    void whoIsNoAdminSeesNothing(String page) {
        assertThat(new Browser(null).get(stage.page(page), Map.of()).status()).isEqualTo(403);
    }

    @Test
    void aViewIsKeptWhenSomethingIsDoneThere() {
        Answer done = admin.post(stage.page("lists"), "q=bad&page=2&done=done", Map.of("action", "refresh"));
        assertThat(done.location()).isEqualTo("bastion-lists.jsp?q=bad&page=2&done=done");
        Answer forged =
                admin.post(stage.page("lists"), "q=%0d%0aX-Evil:%201&//evil.example", Map.of("action", "refresh"));
        assertThat(forged.location()).startsWith("bastion-lists.jsp?").doesNotContain("\r", "\n", "//");
    }
}
