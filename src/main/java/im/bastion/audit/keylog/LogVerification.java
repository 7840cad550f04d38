// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import im.bastion.audit.merkle.MerkleTree;
import im.bastion.audit.merkle.Tiles;
import im.bastion.audit.merkle.TreeHasher;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks a whole exported log, in one pass and some kilobytes of memory however long it is. */
final class LogVerification {
    private final Findings findings;
    private final List<SignedHead> earlier;
    private final AccountProof account;
    private final PublicKey begin;
    private final MerkleTree tree = new MerkleTree(Tiles.NONE);
    private final TreeHasher hasher = new TreeHasher();
    private final Signers signers = new Signers();
    private final Map<Long, Hash> earlierRoots = new HashMap<>();
    private Instant latest = Instant.MIN;
    private long backwards;
    private long lost;

    /**
     * What to hold the log to.
     *
     * @param earlier heads that somebody has kept
     * @param account whose events to look for, or null
     * @param begin the key that the log must begin with, or null
     */
    LogVerification(Findings findings, List<SignedHead> earlier, AccountProof account, PublicKey begin) {
        this.findings = findings;
        this.earlier = earlier;
        this.account = account;
        this.begin = begin;
    }

    /** Reads what follows the first line to the end. */
    void verify(ExportLines lines) throws IOException {
        if (!lines.next() || !lines.kind().equals("head")) {
            throw lines.complaint("should be the head");
        }
        lines.requireWords(1, 1);
        SignedHead head = lines.head(1);
        keepEarlierRoots();
        while (lines.next()) {
            if (!lines.kind().equals("leaf")) {
                throw lines.complaint("should be a leaf");
            }
            lines.requireWords(1, 1);
            take(lines.leaf(1), hasher.leaf(lines.bytes(1)));
        }
        judge(head);
    }

    private void take(Leaf leaf, Hash hash) {
        long index = tree.size();
        tree.append(hash, tile -> {});
        keepEarlierRoots();
        if (leaf.at().isBefore(latest)) {
            backwards++;
        } else {
            latest = leaf.at();
        }
        if (leaf instanceof Leaf.Signer signer) {
            signers.add(index, signer);
        } else if (leaf instanceof Leaf.Restored restored) {
            findings.note("leaf " + index + ": an admin has confirmed at " + restored.at()
                    + " that the database was set back; the head of " + restored.size() + " leaves with root "
                    + restored.root().toBase64() + " was given up");
        } else if (leaf instanceof Leaf.Lost gap) {
            lost += gap.count();
        } else if (leaf instanceof Leaf.Event event && account != null) {
            account.meet(index, event, hash);
        }
    }

    private void keepEarlierRoots() {
        for (SignedHead head : earlier) {
            if (head.head().size() == tree.size()) {
                earlierRoots.put(tree.size(), tree.root());
            }
        }
    }

    private void judge(SignedHead signed) {
        TreeHead head = signed.head();
        findings.check(
                tree.size() == head.size(),
                "the file has the " + head.size() + " leaves of its head",
                "the file has " + tree.size() + " leaves, its head is about " + head.size());
        findings.check(
                tree.root().equals(head.root()),
                "the leaves have the root of the head: none was changed, left out or moved",
                "the leaves do not have the root of the head: some were changed, left out or moved");
        HeadChecks checks = new HeadChecks(findings, signers);
        checks.chain(head.origin(), begin);
        checks.signature("the head", signed);
        for (SignedHead kept : earlier) {
            Hash then = earlierRoots.get(kept.head().size());
            checks.signature("the earlier head of " + kept.head().size() + " leaves", kept);
            findings.check(
                    kept.head().root().equals(then) && kept.head().origin().equals(head.origin()),
                    "the log continues the head of " + kept.head().size() + " leaves of "
                            + kept.head().at(),
                    "the log does not continue the head of " + kept.head().size() + " leaves of "
                            + kept.head().at() + ": what was logged then was taken back or changed");
        }
        if (lost > 0) {
            findings.note(lost + " events found no place when they happened and are missing; the log says where");
        }
        if (backwards > 0) {
            findings.note(backwards + " leaves are dated before one that comes earlier: the server's clock went back");
        }
        if (account != null) {
            account.finish(findings, tree.size());
        }
    }
}
