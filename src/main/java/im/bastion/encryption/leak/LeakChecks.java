// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import java.util.List;

/**
 * All checks, in the order of {@link Leak}. What forwards and what is signed alone is found by the reader of the message,
 * which knows about messages within messages and about schemes.
 */
public final class LeakChecks {
    /** Each finds another leak. */
    public static final List<LeakCheck> ALL = List.of(
            new BodyCheck(),
            new SubjectCheck(),
            new TextBelowCheck(Leak.FORMATTED, "html", "http://jabber.org/protocol/xhtml-im"),
            new TextBelowCheck(Leak.REAL_TIME, "rtt", "urn:xmpp:rtt:0"),
            new AddressCheck(),
            new FileCheck(),
            new TextBelowCheck(Leak.INLINE_DATA, "data", "urn:xmpp:bob"),
            new PreviewCheck(),
            new TextBelowCheck(Leak.PLACE, "geoloc", "http://jabber.org/protocol/geoloc"),
            new TextBelowCheck(Leak.HINT, "spoiler", "urn:xmpp:spoiler:0"),
            new TextBelowCheck(Leak.REACTION, "reactions", "urn:xmpp:reactions:0"),
            new OfferedFileCheck());

    private LeakChecks() {}
}
