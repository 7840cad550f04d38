// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.encryption.rule.Level;
import im.bastion.encryption.rule.Stance;
import im.bastion.federation.ImportPlan;
import im.bastion.federation.key.KeyAlert;
import im.bastion.federation.key.KeyChange;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.federation.policy.Preset;
import im.bastion.federation.policy.Terms.CertificateDemand;
import im.bastion.federation.tester.PeerTests;
import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DialbackAnswer;
import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.fact.TestStep;
import im.bastion.federation.tester.fact.TlsOffer;
import im.bastion.federation.tester.grade.Finding;
import im.bastion.federation.tls.CipherSuite.Strength;
import im.bastion.federation.tls.NameMatch;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.relay.selftest.Attempt;
import im.bastion.relay.selftest.Failure;
import im.bastion.relay.selftest.Step;
import im.bastion.relay.setup.Firewall;
import im.bastion.relay.turn.PeerRefusals;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The words and the pages fit each other. */
class TextsTest {
    private static final Path FILE = Path.of("i18n/bastion_i18n.properties");
    private static final Pattern IN_CODE = Pattern.compile("\"(bastion\\.[a-z0-9.-]+)\"");
    private static final Pattern IN_PLUGIN_XML = Pattern.compile("\\$\\{(bastion\\.[a-z0-9.-]+)}");
    /** Not words: the name of a session attribute. */
    private static final Set<String> OTHER = Set.of("bastion.csrf");

    @Test
    void eachTextThatAPageAsksForIsThere() throws IOException {
        Set<String> keys = keys();
        Set<String> missing = used().stream()
                .filter(key -> !key.endsWith(".") && !keys.contains(key) && !keys.contains(key + ".many"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(missing).isEmpty();
    }

    @Test
    void noTextIsThereThatNobodyAsksFor() throws IOException {
        Set<String> used = used();
        Set<String> idle = keys().stream()
                .filter(key -> !used.contains(key) && !used.contains(key.replaceAll("\\.(one|many)$", "")))
                .filter(key -> used.stream().noneMatch(u -> u.endsWith(".") && key.startsWith(u)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(idle).isEmpty();
    }

    @Test
    void eachValueThatAPageCanShowHasAWord() throws IOException {
        Set<String> keys = keys();

        assertThat(keys).containsAll(words("bastion.mode.", Mode.values(), ""));
        assertThat(keys).containsAll(words("bastion.mode.", Mode.values(), ".option"));
        assertThat(keys).containsAll(hyphenated("bastion.test.kind.", TestStep.Kind.values()));
        assertThat(keys)
                .containsAll(hyphenated("bastion.test.stage.", im.bastion.federation.tester.fact.Stage.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.association.", Association.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.dialback.", DialbackAnswer.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.dnssec.", Authenticity.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.offer.", TlsOffer.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.answer.", OfferAnswer.Kind.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.posh.", PoshFacts.State.values()));
        assertThat(keys).containsAll(hyphenated("bastion.test.refused.", PeerTests.Refusal.values()));
        for (Finding finding : Finding.values()) {
            assertThat(keys)
                    .contains(
                            "bastion.test.finding." + finding.word(), "bastion.test.finding." + finding.word() + ".do");
        }
        assertThat(keys).containsAll(words("bastion.health.", Health.State.values(), ""));
        assertThat(keys).containsAll(words("bastion.overview.database.", Health.State.values(), ""));
        assertThat(keys).containsAll(words("bastion.peer.direction.", ServerSession.Direction.values(), ""));
        assertThat(keys).containsAll(words("bastion.peer.authentication.", ServerSession.Authentication.values(), ""));
        assertThat(keys).containsAll(words("bastion.encryption.stance.", Stance.values(), ""));
        assertThat(keys).containsAll(words("bastion.encryption.level.", Level.values(), ""));
        assertThat(keys)
                .containsAll(words("bastion.encryption.verdict.", im.bastion.encryption.rule.Stage.values(), ""));
        assertThat(keys).containsAll(words("bastion.policy.certificate.", CertificateDemand.values(), ""));
        assertThat(keys)
                .containsAll(Stream.of(KeyChange.values())
                        .flatMap(change -> Stream.of("", ".why").map(end -> "bastion.alerts." + change.word() + end))
                        .toList());
        assertThat(keys).containsAll(words("bastion.alerts.state.", KeyAlert.State.values(), ""));
        assertThat(keys).containsAll(words("bastion.policy.cipher.", Strength.values(), ""));
        assertThat(keys).containsAll(words("bastion.peers.latest.", Direction.values(), ""));
        assertThat(keys).containsAll(words("bastion.peer.direction.", Direction.values(), ".short"));
        assertThat(keys).containsAll(words("bastion.peers.name.", NameMatch.values(), ""));
        assertThat(keys)
                .containsAll(Stream.of(Establishment.values())
                        .map(e -> "bastion.peers.began."
                                + e.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
        assertThat(keys).containsAll(words("bastion.policy.step.", ImportPlan.Kind.values(), ""));
        assertThat(keys)
                .containsAll(Stream.of(Preset.values())
                        .map(preset -> "bastion.policy.preset." + preset.word())
                        .toList());
        assertThat(keys)
                .containsAll(Stream.of(PeerVerdict.Standing.values())
                        .map(s -> "bastion.peer.standing."
                                + s.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
        assertThat(keys).containsAll(hyphenated("bastion.relay.reach.", Attempt.Reach.values()));
        assertThat(keys).containsAll(hyphenated("bastion.relay.failure.", Failure.values()));
        assertThat(keys).containsAll(hyphenated("bastion.relay.step.", Step.values()));
        assertThat(keys).containsAll(hyphenated("bastion.relay.firewall.", Firewall.values()));
        assertThat(keys).containsAll(hyphenated("bastion.allocations.reason.", PeerRefusals.Reason.values()));
        assertThat(keys).containsAll(Stream.of(Notice.values()).map(Notice::key).toList());
    }

    @Test
    void theFileIsAsciiBecauseHostsDisagreeOnItsEncoding() throws IOException {
        assertThat(Files.readString(FILE, StandardCharsets.ISO_8859_1)).matches("\\p{ASCII}*");
    }

    @Test
    void speaksEnglishWhereThereIsNoTranslation() {
        Texts.Library library = new Texts.Library(Stage.words());

        assertThat(library.in(Locale.GERMAN).text("bastion.mode.off")).isEqualTo("Off");
        assertThat(library.in(Locale.ROOT).text("bastion.mode.off")).isEqualTo("Off");
        assertThat(library.in(Locale.forLanguageTag("../../x")).text("bastion.mode.off"))
                .isEqualTo("Off");
        assertThat(library.in(Locale.ENGLISH).text("no.such.key")).isEqualTo("no.such.key");
    }

    private static List<String> hyphenated(String prefix, Enum<?>[] values) {
        return Stream.of(values).map(value -> prefix + Query.word(value)).toList();
    }

    private static List<String> words(String prefix, Enum<?>[] values, String suffix) {
        return Stream.of(values)
                .map(v -> prefix + v.name().toLowerCase(Locale.ROOT) + suffix)
                .toList();
    }

    private static Set<String> keys() throws IOException {
        Properties file = new Properties();
        try (Reader in = new StringReader(Files.readString(FILE))) {
            file.load(in);
        }
        return file.stringPropertyNames();
    }

    private static Set<String> used() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String root : List.of("src/main/jte", "src/main/java/im/bastion/console")) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    collect(IN_CODE, file, used);
                }
            }
        }
        collect(IN_PLUGIN_XML, Path.of("plugin.xml"), used);
        used.removeAll(OTHER);
        return used;
    }

    private static void collect(Pattern pattern, Path file, Set<String> into) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            into.add(matcher.group(1));
        }
    }
}
