// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import im.bastion.policy.Mode;
import im.bastion.policy.SignalledPeers;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnCredentials;
import im.bastion.relay.credential.TurnUser;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class SignalledConsentTest {
    private static final InetAddress NAMED = IpLiteral.parse("192.0.2.3");
    private static final InetAddress OTHER = IpLiteral.parse("192.0.2.4");
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private final CredentialBook credentials =
            new CredentialBook(new TurnCredentials(List.of("secret")), "home.example");
    private final LongAdder refused = new LongAdder();
    private final LongAdder wouldBeRefused = new LongAdder();
    private Mode mode = Mode.ENFORCE;
    private final SignalledConsent consent = new SignalledConsent(
            new SignalledPeers() {
                @Override
                public Mode mode() {
                    return mode;
                }

                @Override
                public boolean named(String account, InetAddress peer) {
                    return account.equals("romeo@home.example") && peer.equals(NAMED);
                }
            },
            credentials,
            refused,
            wouldBeRefused);

    @Test
    void anAccountHasThePeersThatItsCallsHaveNamed() {
        TurnUser romeo = user("romeo@home.example");
        TurnUser juliet = user("juliet@home.example");

        assertThat(consent.admits(romeo, NAMED)).isTrue();
        assertThat(consent.admits(romeo, OTHER)).isFalse();
        assertThat(consent.admits(juliet, NAMED)).isFalse();
        assertThat(consent.withdraws(romeo, NAMED)).isFalse();
        assertThat(consent.withdraws(romeo, OTHER)).isTrue();
        assertThat(refused.sum()).isEqualTo(2);
    }

    @Test
    void whoHasNoSessionHereHasNoPeers() {
        TurnUser romeo = user("romeo@home.example");
        credentials.revoke("romeo@home.example/orchard", NOW);

        assertThat(consent.admits(romeo, NAMED)).isFalse();
        assertThat(consent.admits(TurnUser.parse("1900000000:elsewhere"), NAMED))
                .isFalse();
    }

    @Test
    void aTestThatAnAdminMakesNeedsNoCall() {
        String session = RelaySelfTest.SESSION + "from outside";
        TurnUser test = TurnUser.parse(
                credentials.mint(session, session, NOW, Duration.ofMinutes(20)).username());

        assertThat(consent.admits(test, OTHER)).isTrue();
        assertThat(consent.withdraws(test, OTHER)).isFalse();
        credentials.revoke(session, NOW);
        assertThat(consent.withdraws(test, OTHER)).isTrue();
        assertThat(refused.sum()).isZero();
    }

    @Test
    void observedPeersAreCountedAndHad() {
        mode = Mode.OBSERVE;
        TurnUser romeo = user("romeo@home.example");

        assertThat(consent.admits(romeo, OTHER)).isTrue();
        assertThat(consent.withdraws(romeo, OTHER)).isFalse();
        assertThat(wouldBeRefused.sum()).isEqualTo(1);
        mode = Mode.OFF;
        assertThat(consent.admits(romeo, OTHER)).isTrue();
        assertThat(wouldBeRefused.sum()).isEqualTo(1);
    }

    private TurnUser user(String account) {
        return TurnUser.parse(credentials
                .mint(account, account + "/orchard", NOW, Duration.ofHours(1))
                .username());
    }
}
