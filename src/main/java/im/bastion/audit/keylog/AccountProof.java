// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import im.bastion.audit.merkle.Proofs;
import im.bastion.audit.merkle.TreeHasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An account's proof: its salt, its events with what they commit to, and the paths from each to the head. By itself it
 * proves that the events are in the log; beside the whole log also that there are no others.
 */
final class AccountProof {
    private static final int MAX_EVENTS = 100_000;
    private static final int MAX_SIGNERS = 10_000;

    private record Proven(Leaf.Event leaf, Hash hash, Opening opening, List<Hash> path) {}

    private final Signers signers = new Signers();
    private final List<Long> unproven = new ArrayList<>();
    private final Map<Long, Proven> events = new TreeMap<>();
    private final List<Long> hidden = new ArrayList<>();
    private final TreeHasher hasher = new TreeHasher();
    private SignedHead head;
    private String account = "";
    private Commitments commitments;
    private Hash subject;
    private long since;
    private List<Hash> consistency = List.of();
    private int met;

    private AccountProof() {}

    /** Reads what follows the first line to the end. */
    static AccountProof read(ExportLines lines) throws IOException {
        AccountProof proof = new AccountProof();
        proof.expect(lines, "head");
        lines.requireWords(1, 1);
        proof.head = lines.head(1);
        proof.expect(lines, "account");
        lines.requireWords(2, 2);
        proof.owner(lines.utf8(1), lines.bytes(2));
        while (lines.next()) {
            proof.take(lines);
        }
        return proof;
    }

    SignedHead head() {
        return head;
    }

    /**
     * Checks the proof by itself.
     *
     * @param begin the key that the log must begin with, or null
     */
    void verify(Findings findings, List<SignedHead> earlier, PublicKey begin) {
        TreeHead now = head.head();
        for (long index : unproven) {
            findings.fails("leaf " + index + ", which names a key, is not proven to be in the log");
        }
        HeadChecks checks = new HeadChecks(findings, signers);
        checks.chain(now.origin(), begin);
        checks.signature("the head", head);
        events.forEach((index, event) -> findings.check(
                Proofs.includes(event.hash(), index, now.size(), event.path(), now.root()) && opens(event),
                "leaf " + index + " is in the log: " + words(event),
                "leaf " + index + " is not proven to be in the log, or to say this: " + words(event)));
        for (SignedHead kept : earlier) {
            TreeHead then = kept.head();
            checks.signature("the earlier head of " + then.size() + " leaves", kept);
            boolean same = then.size() == now.size() && then.root().equals(now.root());
            if (!same && since != then.size()) {
                findings.fails("the file has no proof from the head of " + then.size()
                        + " leaves; ask for one that begins there");
                continue;
            }
            findings.check(
                    (same || Proofs.continues(then.size(), then.root(), now.size(), now.root(), consistency))
                            && then.origin().equals(now.origin()),
                    "the log continues the head of " + then.size() + " leaves of " + then.at(),
                    "the log does not continue the head of " + then.size() + " leaves of " + then.at()
                            + ": what was logged then was taken back or changed");
        }
    }

    /** Takes notice of an event in the whole log. */
    void meet(long index, Leaf.Event leaf, Hash hash) {
        if (!leaf.subject().equals(subject)) {
            return;
        }
        Proven known = events.get(index);
        if (known != null && known.hash().equals(hash) && opens(known)) {
            met++;
        } else if (known != null || index < head.head().size()) {
            hidden.add(index);
        }
    }

    /** Says how the proof and the whole log, which has ended, fit each other. */
    void finish(Findings findings, long size) {
        long expected = events.keySet().stream().filter(index -> index < size).count();
        findings.check(
                met == expected,
                "all " + met + " events of " + account + " are in the log as they are told",
                (expected - met) + " events of " + account + " are not in the log as they are told");
        findings.check(
                hidden.isEmpty(),
                "the log has no event of " + account + " that the proof does not tell",
                "the log has events of " + account + " that the proof does not tell, the first at leaf "
                        + (hidden.isEmpty() ? 0 : hidden.get(0)));
    }

    private void owner(String jid, byte[] salt) {
        if (salt.length != Commitments.SALT_BYTES) {
            throw new IllegalArgumentException("A salt of " + salt.length + " bytes");
        }
        account = jid;
        commitments = new Commitments(salt);
        subject = commitments.subject(jid);
    }

    private void expect(ExportLines lines, String kind) throws IOException {
        if (!lines.next() || !lines.kind().equals(kind)) {
            throw lines.complaint("should be the " + kind);
        }
    }

    private void take(ExportLines lines) {
        switch (lines.kind()) {
            case "consistency" -> {
                lines.requireWords(1, 1 + ExportLines.MAX_PATH);
                since = lines.number(1);
                consistency = lines.hashes(2);
            }
            case "own" -> {
                lines.requireWords(2, 2 + ExportLines.MAX_PATH);
                own(lines.number(1), lines);
            }
            case "event" -> {
                lines.requireWords(3, 3 + ExportLines.MAX_PATH);
                event(lines.number(1), lines);
            }
            default -> throw lines.complaint("is of no kind that is known here");
        }
    }

    private void own(long index, ExportLines lines) {
        if (!(lines.leaf(2) instanceof Leaf.Signer signer)) {
            throw lines.complaint("should name a key");
        }
        List<Signers.Term> terms = signers.terms();
        if (terms.size() >= MAX_SIGNERS
                || (!terms.isEmpty() && terms.get(terms.size() - 1).from() >= index)) {
            throw lines.complaint("is out of order");
        }
        TreeHead at = head.head();
        if (!Proofs.includes(hasher.leaf(lines.bytes(2)), index, at.size(), lines.hashes(3), at.root())) {
            unproven.add(index);
        }
        signers.add(index, signer);
    }

    private void event(long index, ExportLines lines) {
        if (!(lines.leaf(2) instanceof Leaf.Event event) || events.size() >= MAX_EVENTS) {
            throw lines.complaint("should be an event");
        }
        Proven proven = new Proven(event, hasher.leaf(lines.bytes(2)), lines.opening(3), lines.hashes(4));
        if (events.put(index, proven) != null) {
            throw lines.complaint("has the index of another");
        }
    }

    private boolean opens(Proven event) {
        Leaf.Event leaf = event.leaf();
        return leaf.subject().equals(subject)
                && leaf.detail()
                        .equals(commitments.detail(
                                leaf.at(), leaf.kind(), event.opening().encode()));
    }

    private static String words(Proven event) {
        Opening told = event.opening();
        StringBuilder words = new StringBuilder()
                .append(event.leaf().at())
                .append(' ')
                .append(event.leaf().kind())
                .append(", device ")
                .append(told.device())
                .append(" of ")
                .append(told.generation());
        if (!told.fingerprint().isEmpty()) {
            words.append(", fingerprint ").append(told.fingerprint());
        }
        if (told.signedPreKeyId() != KeyEvent.NO_PREKEY) {
            words.append(", signed prekey ").append(told.signedPreKeyId());
        }
        return printable(words.append(", by ").append(told.actor()).toString());
    }

    /** A file from anybody must not steer the terminal it is shown on. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }
}
