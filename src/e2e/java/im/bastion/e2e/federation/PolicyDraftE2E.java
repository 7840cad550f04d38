// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static im.bastion.e2e.federation.FederationSite.POLICY;
import static im.bastion.e2e.federation.FederationSite.say;
import static im.bastion.e2e.federation.FederationSite.server;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rule is tried on what was seen before it counts. */
class PolicyDraftE2E {
    @RegisterExtension
    static final ServerUnderTest SERVER = FederationSite.SERVER;

    @BeforeAll
    static void makeTheRules() throws Exception {
        FederationSite.makeTheRules();
    }

    @Test
    void aDraftShowsWhoItWouldCutOffAndAnExceptionKeepsHim() throws Exception {
        FederationSite.mode("observe");
        String good = Trick.HONEST.domain();
        String bad = Trick.CLOSE_IN_HANDSHAKE.domain();
        say(good, "hello");
        say(bad, "hello");

        String shown = draft("simulate", Map.of());
        assertThat(row(shown, bad)).contains("Cut off", "not encrypted", "federation.draft", "about 1<");
        assertThat(shown).contains("would be cut off").doesNotContain(">" + good + "</bdi>");

        String excepted =
                draft("except " + bad, Map.of("except-reason", "they are mending it", "except-until", "2099-12-31"));
        assertThat(excepted).contains("would be cut off", bad + " 2099-12-31 they are mending it");
        assertThat(row(excepted, bad)).isEmpty();
    }

    /** Sends the editor's form with a rule that demands encryption of sessions we open. */
    private static String draft(String action, Map<String, String> more) throws IOException {
        AdminSession admin = server().admin();
        Map<String, String> fields = new HashMap<>(more);
        fields.put("csrf", admin.get(POLICY).field("csrf"));
        fields.putAll(Map.of(
                "action", action,
                "rule", "draft",
                "version", "0",
                "mode", "OBSERVE",
                "peers", "*",
                "direction", "out",
                "certificate", "encrypted",
                "dialback", "on",
                "days", "2"));
        return admin.post(POLICY, fields).body();
    }

    /** The row of what would change for the domain; empty when there is none. */
    private static String row(String page, String domain) {
        return Arrays.stream(page.split("<tr>", -1))
                .filter(row -> row.contains(">" + domain + "</bdi>"))
                .findFirst()
                .orElse("");
    }
}
