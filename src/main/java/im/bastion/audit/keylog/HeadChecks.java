// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

/** Whether heads are signed with the keys that the log names. */
final class HeadChecks {
    private final Findings findings;
    private final Signers signers;

    HeadChecks(Findings findings, Signers signers) {
        this.findings = findings;
        this.signers = signers;
    }

    /**
     * Checks that each key was endorsed by the one before.
     *
     * @param begin what the first key must be; null to tell it, for the reader to compare
     */
    void chain(String origin, PublicKey begin) {
        if (signers.terms().isEmpty()) {
            findings.fails("the log names no key to sign with");
            return;
        }
        PublicKey first = signers.terms().get(0).key();
        if (begin == null) {
            findings.note(
                    "the log begins with the key " + first.toText(origin) + "; compare it with what its operator says");
        } else {
            findings.check(
                    first.equals(begin) && signers.terms().get(0).from() == 0,
                    "the log begins with the key that was given",
                    "the log begins with another key, " + first.toText(origin));
        }
        for (Signers.Term term : signers.terms()) {
            if (term.from() > 0) {
                String which =
                        "leaf " + term.from() + ": the new key " + term.key().toText(origin);
                findings.check(
                        term.endorsed(),
                        which + " is endorsed by the one before",
                        which + " is not endorsed by the one before: its operator has lost that key, or it is not his");
            }
        }
    }

    void signature(String what, SignedHead head) {
        PublicKey key = signers.at(head.head().size());
        findings.check(
                key != null && head.isSignedBy(key),
                what + " is signed with the log's key of its time",
                what + " is not signed with the log's key of its time");
    }
}
