// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

/** What the peer, as the authority of its domain, said of a key that it cannot know (XEP-0220 §2.1.3). */
public enum DialbackAnswer {
    /** It was not asked: the stream did not get that far. */
    NOT_ASKED,
    /** "invalid": as it must be. */
    REFUSED,
    /** "valid": it vouches for whoever claims to be it. */
    ACCEPTED,
    /** An error: it does not do dialback, or not for this domain. */
    ERROR,
    /** Nothing in time, or the end of the stream. */
    SILENCE
}
