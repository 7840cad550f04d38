// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.merkle.Hash;
import im.bastion.audit.merkle.MerkleTree;
import im.bastion.policy.Mode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs heads and keeps the last one outside of the database, so that a database that was set back, or changed, is found
 * out: its tree no longer continues that head. Then nothing is signed until an admin has confirmed it, because two heads
 * that do not continue each other are what the log exists to rule out; events are logged on. Thread-safe.
 */
final class TreeHeads {
    static final String FILE = "keylog.head";
    static final Duration POST_PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(TreeHeads.class);

    private final KeyLogContext context;
    private final StoredTree tree;
    private final DurableFile file;
    private final KeyRing ring;
    private Signers signers = new Signers();
    private SignedHead last;
    private SignedHead posted;
    private Instant postedAt = Instant.MIN;
    private String alarm = "";
    private boolean opened;

    TreeHeads(KeyLogContext context, StoredTree tree) {
        this.context = context;
        this.tree = tree;
        this.file = new DurableFile(context.dataFolder().resolve(FILE));
        this.ring = new KeyRing(context.dataFolder());
    }

    /** The head signed last; null before the first. */
    synchronized SignedHead last() {
        return last;
    }

    /** Why nothing is signed, for the admin; empty when all is well. */
    synchronized String alarm() {
        return alarm;
    }

    /** The keys that the log names. */
    synchronized Signers signers() {
        return signers;
    }

    /** Sees to it that the log begins with the key it is signed with; comes before anything is appended. */
    synchronized void begin() throws SQLException, IOException {
        if (signers.current() != null) {
            return;
        }
        signers = named();
        if (signers.current() == null) {
            PublicKey key = ring.first().publicKey();
            tree.append(List.of(
                    new StoredTree.Entry.Own(new Leaf.Signer(context.clock().instant(), key, ""))));
            signers = named();
        }
    }

    /** Signs and publishes the tree as it is now, if it has grown and continues the last head. */
    synchronized void advance(boolean postNow) throws SQLException, IOException {
        open();
        if (!alarm.isEmpty()) {
            return;
        }
        Instant now = context.clock().instant();
        if (last == null || (size() != last.head().size() && compare())) {
            sign(now);
        }
        if (alarm.isEmpty() && last != null && (postNow || !now.isBefore(postedAt.plus(POST_PAUSE)))) {
            post(now);
        }
    }

    /** Goes on from the tree as it is, which does not continue the last head; false when there is nothing to confirm. */
    synchronized boolean confirm(String admin) throws SQLException, IOException {
        if (!opened || alarm.isEmpty() || last == null) {
            return false;
        }
        Instant now = context.clock().instant();
        TreeHead given = last.head();
        tree.append(List.of(new StoredTree.Entry.Own(new Leaf.Restored(now, given.size(), given.root()))));
        record(admin, "key-log-restore-confirmed", "the head of " + given.size() + " leaves is given up");
        alarm = "";
        sign(now);
        post(now);
        return true;
    }

    /** Has heads signed with a new key from now on. */
    synchronized void rotate(String admin) throws SQLException, IOException {
        open();
        SigningKey before = ring.of(signers.current());
        SigningKey next = ring.prepare();
        String endorsement = before == null ? "" : before.endorse(next.publicKey());
        Instant now = context.clock().instant();
        tree.append(List.of(new StoredTree.Entry.Own(new Leaf.Signer(now, next.publicKey(), endorsement))));
        record(admin, "key-log-signer-changed", next.publicKey().toText(context.origin()));
        signers = named();
        advance(true);
    }

    private void open() throws SQLException, IOException {
        if (opened) {
            return;
        }
        begin();
        last = lastKnown();
        opened = true;
        if (last != null) {
            compare();
        }
    }

    /** The one on disk, or the one published last when that is later. */
    private SignedHead lastKnown() throws IOException {
        String kept = file.read();
        SignedHead onDisk = null;
        if (kept != null) {
            try {
                onDisk = SignedHead.parse(kept);
            } catch (IllegalArgumentException e) {
                throw new IOException(file.path() + " is damaged: " + e.getMessage(), e);
            }
        }
        SignedHead published = published();
        return published != null
                        && (onDisk == null
                                || published.head().at().isAfter(onDisk.head().at()))
                ? published
                : onDisk;
    }

    /** The latest one that is ours, or null: others may write there, and the board may be away. */
    private SignedHead published() {
        SignedHead latest = null;
        try {
            for (String note : context.board().notes()) {
                SignedHead head = own(note);
                if (head != null
                        && (latest == null
                                || head.head().at().isAfter(latest.head().at()))) {
                    latest = head;
                }
            }
        } catch (RuntimeException e) {
            LOG.info("The heads published before could not be read: {}", e.getMessage());
        }
        return latest;
    }

    private SignedHead own(String note) {
        try {
            SignedHead head = SignedHead.parse(note);
            return signers.anySigned(head) ? head : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void sign(Instant now) throws SQLException, IOException {
        // Else a head could outlive the leaves it is about.
        context.database().settle();
        SigningKey key = ring.of(signers.current());
        if (key == null) {
            signers = named();
            key = ring.of(signers.current());
        }
        if (key == null) {
            throw new IOException("The key that heads are signed with is not in " + context.dataFolder()
                    + ". Bring back the file " + KeyRing.FILE
                    + " (from a backup, or from the node of the cluster that has it), or start a new key");
        }
        Instant at = last == null || now.isAfter(last.head().at())
                ? now
                : last.head().at().plusSeconds(1);
        TreeHead head = tree.read(t -> new TreeHead(context.origin(), t.size(), t.root(), at));
        SignedHead signed = key.sign(head);
        file.write(signed.toText());
        last = signed;
    }

    /** Whether the tree continues the last head; raises the alarm when it does not. */
    private boolean compare() throws SQLException {
        TreeHead head = last.head();
        long size = size();
        if (size < head.size()) {
            raise("The key log has " + size + " leaves, but a head of " + head.size() + " leaves was signed at "
                    + head.at());
            return false;
        }
        Hash then = tree.read(t -> t.root(head.size()));
        if (!then.equals(head.root())) {
            raise("The first " + head.size() + " leaves of the key log are not those that were signed at " + head.at());
            return false;
        }
        return true;
    }

    private void raise(String what) {
        alarm = what + ". Was the database restored from a backup? Then confirm it on the page of the key log. If not,"
                + " somebody has changed the database. Nothing is signed until then; events are still logged.";
        LOG.error(alarm);
        record("bastion", "key-log-set-back", what);
    }

    private void post(Instant now) {
        if (last.equals(posted)) {
            return;
        }
        postedAt = now;
        try {
            context.board().post(last);
            posted = last;
        } catch (RuntimeException e) {
            LOG.warn("The head of the key log could not be published: {}", e.getMessage());
        }
    }

    private long size() throws SQLException {
        return tree.read(MerkleTree::size);
    }

    private Signers named() throws SQLException {
        Signers named = new Signers();
        for (LeafRow row : tree.own()) {
            if (row.leaf() instanceof Leaf.Signer signer) {
                named.add(row.index(), signer);
            }
        }
        return named;
    }

    private void record(String actor, String action, String detail) {
        context.audit()
                .record(new AuditEvent(
                        context.clock().instant(),
                        "omemo",
                        actor,
                        action,
                        context.origin(),
                        null,
                        0,
                        Mode.ENFORCE,
                        detail));
    }
}
