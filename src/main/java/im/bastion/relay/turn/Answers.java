// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import java.nio.ByteBuffer;

/** Sends answers and indications, and counts them. Confined to its server's thread. */
final class Answers {
    /** More than any answer needs. */
    private static final int MAX_BYTES = 1_024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_BYTES);
    private final Manners manners;
    private final TurnCounters counters;

    Answers(Manners manners, TurnCounters counters) {
        this.manners = manners;
        this.counters = counters;
    }

    /** As few bytes as the specification allows: no SOFTWARE, a fingerprint only for who sent one. */
    void send(TurnRequest request, StunMessage answer) {
        StunMessageEncoder encoder = new StunMessageEncoder(buffer.clear()).message(answer);
        if (request.user() != null) {
            encoder.integrity(request.user().integrity(), request.user().key());
        }
        if (request.fingerprint()) {
            encoder.fingerprint();
        }
        buffer.flip();
        if (request.user() == null && !manners.allowAnswer(request, buffer.remaining())) {
            counters.unanswered.increment();
            return;
        }
        count(answer);
        request.path().send(buffer);
    }

    /** Sends an indication, which is never sealed (RFC 8489 §9.2). */
    void indicate(ClientPath path, StunMessage indication) {
        new StunMessageEncoder(buffer.clear()).message(indication);
        path.send(buffer.flip());
    }

    private void count(StunMessage answer) {
        if (answer.stunClass() == StunClass.ERROR) {
            try {
                counters.refused(ErrorCodeAttribute.read(answer.first(AttributeType.ERROR_CODE)));
            } catch (StunFormatException e) {
                throw new IllegalStateException("an error without its code", e);
            }
        } else if (answer.method() == StunMethod.BINDING) {
            counters.bindings.increment();
        }
    }
}
