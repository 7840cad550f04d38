// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.memory.MemoryRooms;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmpp.packet.JID;

class RuleAdviceTest {
    private final MemoryRooms rooms = new RuleStage().rooms;

    private static PolicyRow row(String name, Mode mode, String body) {
        return new PolicyRow(
                new RuleId("moderation." + name), 1, mode, body.replace('\'', '"'), "admin", Instant.EPOCH);
    }

    private List<String> advice(String body, PolicyRow... others) throws BrokenDefinition {
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(List.of(others));
        assertThat(book.problems()).isEmpty();
        return book.advice(row("new", Mode.OBSERVE, body), rooms);
    }

    @Test
    void saysNothingOfARuleThatWorks() throws BrokenDefinition {
        assertThat(advice("{'type':'listed-phrase','phrases':['buy now'],'rooms':['den@" + MemoryRooms.SERVICE + "']}"))
                .isEmpty();
        assertThat(advice("{'type':'pattern','patterns':['buy .{0,9}[éA-Z] now\\\\.','ПРИВЕТ']}"))
                .isEmpty();
    }

    @Test
    void namesAScopeWithoutRooms() throws BrokenDefinition {
        assertThat(advice("{'type':'link','rooms':['dan@" + MemoryRooms.SERVICE + "']}"))
                .singleElement()
                .asString()
                .contains("\"rooms\"");
    }

    @ParameterizedTest
    @CsvSource({"caf\u00E9, U+00E9", "a\\\\nb, U+000A", "ａbc, U+FF41", "stra\u00DFe, U+00DF"})
    void namesPatternsThatNoFoldedTextFits(String pattern, String sign) throws BrokenDefinition {
        assertThat(advice("{'type':'pattern','patterns':['x','" + pattern + "']}"))
                .singleElement()
                .asString()
                .contains("patterns[1]", sign);
    }

    @Test
    void namesARuleThatWantsTheOpposite() throws BrokenDefinition {
        PolicyRow forbids = row("open", Mode.ENFORCE, "{'type':'encryption','want':'forbid'}");
        assertThat(advice("{'type':'encryption','want':'require'}", forbids))
                .singleElement()
                .asString()
                .contains("moderation.open", "opposite");
        assertThat(advice("{'type':'encryption','want':'forbid'}", forbids)).isEmpty();
        rooms.create("attic", new JID("owner@home.example"));
        PolicyRow elsewhere = row(
                "attic",
                Mode.ENFORCE,
                "{'type':'encryption','want':'forbid','rooms':['attic@" + MemoryRooms.SERVICE + "']}");
        assertThat(advice(
                        "{'type':'encryption','want':'require','rooms':['den@" + MemoryRooms.SERVICE + "']}",
                        elsewhere))
                .isEmpty();
    }

    @Test
    void namesTheRuleThatLeavesNothingToFind() throws BrokenDefinition {
        PolicyRow wide = row("wide", Mode.ENFORCE, "{'type':'listed-phrase','phrases':['buy now','casino','x']}");
        assertThat(advice("{'type':'listed-phrase','phrases':['Casino','BUY now']}", wide))
                .singleElement()
                .asString()
                .contains("moderation.wide");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'listed-phrase','phrases':['casino','more']}",
                "{'type':'listed-phrase','phrases':['casino'],'members':true}",
                "{'type':'listed-phrase','phrases':['casino'],'anywhere':true}",
                "{'type':'pattern','patterns':['casino']}"
            })
    void otherwiseSomethingIsLeftToFind(String body) throws BrokenDefinition {
        PolicyRow wide = row("wide", Mode.ENFORCE, "{'type':'listed-phrase','phrases':['buy now','casino']}");
        assertThat(advice(body, wide)).isEmpty();
        PolicyRow watching = row("wide", Mode.OBSERVE, "{'type':'listed-phrase','phrases':['casino']}");
        assertThat(advice("{'type':'listed-phrase','phrases':['casino']}", watching))
                .isEmpty();
    }
}
