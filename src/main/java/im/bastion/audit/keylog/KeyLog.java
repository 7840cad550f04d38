// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.EventQueue;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The key log of this server. Events are handed in without waiting, at most {@link #QUEUE} of them at a time, and appended
 * by one thread in their order; every second in which something was appended a head is signed. A kill loses the events of
 * the last moments that were not in the database yet, and never leaves a head without its leaves. Events that find no
 * place are counted, and the log says how many are missing.
 */
public final class KeyLog implements KeyTrail, AutoCloseable {
    /** Events that may wait for the database; an event takes about 300 bytes. */
    public static final int QUEUE = 16_384;

    /**
     * How the log is.
     *
     * @param size leaves at the last head
     * @param head signed last; null before the first
     * @param alarm why nothing is signed; empty when all is well
     * @param key that heads are signed with now, as verifiers take it; empty before the first
     * @param waiting events on their way
     */
    public record Status(long size, SignedHead head, String alarm, String key, int waiting) {}

    /**
     * Something that happened to an account.
     *
     * @param opening null when the account was erased since
     */
    public record Entry(long index, Leaf.Event event, Opening opening) {}

    private final KeyLogContext context;
    private final EventQueue<KeyFact> queue = new EventQueue<>(QUEUE);
    private final StoredTree tree;
    private final TreeHeads heads;
    private final KeyLogWriter writer;

    public KeyLog(KeyLogContext context) {
        this.context = context;
        this.tree = new StoredTree(context.database());
        this.heads = new TreeHeads(context, tree);
        this.writer = new KeyLogWriter(context, queue, tree, heads);
        writer.start();
    }

    @Override
    public void record(KeyFact fact) {
        // One that finds no place is counted by the queue, and told by the writer.
        boolean unused = queue.offer(fact);
    }

    /** Writes what waits and signs a last head, for some seconds at most. */
    @Override
    public void close() {
        queue.close();
        writer.finish();
    }

    public Status status() {
        SignedHead head = heads.last();
        PublicKey key = heads.signers().current();
        return new Status(
                head == null ? 0 : head.head().size(),
                head,
                heads.alarm(),
                key == null ? "" : key.toText(context.origin()),
                queue.waiting());
    }

    /** What happened to the account, in order; empty when nothing did or it was erased. */
    public List<Entry> history(String account) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        for (LeafRow row : tree.of(tree.subject(account), 0)) {
            if (row.leaf() instanceof Leaf.Event event) {
                entries.add(
                        new Entry(row.index(), event, row.opening() == null ? null : Opening.decode(row.opening())));
            }
        }
        return entries;
    }

    /** An admin's word that the database was set back on purpose; false when nobody asks. */
    public boolean confirmRestore(String admin) throws SQLException, IOException {
        return heads.confirm(admin);
    }

    /** Has heads signed with a new key from now on. */
    public void rotateKey(String admin) throws SQLException, IOException {
        heads.rotate(admin);
    }

    /** Writes all leaves below the last head, as the verifier reads them; false when there is no head yet. */
    public boolean export(Appendable out) throws SQLException, IOException {
        SignedHead head = heads.last();
        return head != null && new Export(tree).log(head, out);
    }

    /**
     * Writes what proves an account's events to whoever has the file, and only those.
     *
     * @param since a head of so many leaves that the reader has kept; 0 for none
     * @return false when there is no head, nothing about the account, or no such earlier head
     */
    public boolean proof(String account, long since, Appendable out) throws SQLException, IOException {
        SignedHead head = heads.last();
        return head != null && new Export(tree).proof(head, account, since, out);
    }
}
