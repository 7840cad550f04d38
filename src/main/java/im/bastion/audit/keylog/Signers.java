// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import java.util.ArrayList;
import java.util.List;

/** The keys that the log itself names, in order. */
final class Signers {
    /**
     * One key's time.
     *
     * @param from heads of more than so many leaves are signed with it
     * @param endorsed whether the key before gave its word for it; true for the first
     */
    record Term(long from, PublicKey key, boolean endorsed) {}

    private final List<Term> terms = new ArrayList<>();

    /** Takes notice of a leaf that names a key. */
    void add(long index, Leaf.Signer signer) {
        boolean endorsed = terms.isEmpty()
                || (!signer.endorsement().isEmpty()
                        && SigningKey.endorses(terms.get(terms.size() - 1).key(), signer.key(), signer.endorsement()));
        terms.add(new Term(index, signer.key(), endorsed));
    }

    List<Term> terms() {
        return List.copyOf(terms);
    }

    /** The key that heads are signed with now; null when the log names none. */
    PublicKey current() {
        return terms.isEmpty() ? null : terms.get(terms.size() - 1).key();
    }

    /** The key that a head of that size is signed with; null when the log names none so early. */
    PublicKey at(long size) {
        PublicKey key = null;
        for (Term term : terms) {
            if (term.from() < size) {
                key = term.key();
            }
        }
        return key;
    }

    /** Whether any of the keys has signed the head. */
    boolean anySigned(SignedHead head) {
        return terms.stream().anyMatch(term -> head.isSignedBy(term.key()));
    }
}
