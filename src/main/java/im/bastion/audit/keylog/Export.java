// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import im.bastion.audit.merkle.Hash;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;

/**
 * Writes what the stand-alone verifier reads: ASCII lines, each a word and its values, bytes in base64. A log is
 *
 * <pre>
 * bastion-keylog 1
 * head NOTE
 * leaf ENTRY               one for each leaf, in order
 * </pre>
 *
 * and a proof
 *
 * <pre>
 * bastion-keylog-proof 1
 * head NOTE
 * account JID SALT
 * consistency SIZE HASH…   when asked for
 * own INDEX ENTRY HASH…    one for each leaf that names a key
 * event INDEX ENTRY OPENING HASH…
 * </pre>
 */
final class Export {
    static final String LOG = "bastion-keylog 1";
    static final String PROOF = "bastion-keylog-proof 1";

    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final StoredTree tree;

    Export(StoredTree tree) {
        this.tree = tree;
    }

    /** All leaves below the head, as it is said about {@link KeyLog#export}. */
    boolean log(SignedHead head, Appendable out) throws SQLException, IOException {
        start(LOG, head, out);
        long size = head.head().size();
        for (long from = 0; from < size; ) {
            List<LeafRow> page = tree.leaves(from);
            if (page.isEmpty()) {
                throw new IOException("The log ends at leaf " + from + ", before its head");
            }
            for (LeafRow row : page) {
                if (row.index() < size) {
                    out.append("leaf ")
                            .append(BASE64.encodeToString(row.entry()))
                            .append('\n');
                }
            }
            from += page.size();
        }
        return true;
    }

    /** The account's leaves below the head, as it is said about {@link KeyLog#proof}. */
    boolean proof(SignedHead head, String account, long since, Appendable out) throws SQLException, IOException {
        long size = head.head().size();
        byte[] salt = tree.salt(account);
        if (salt == null || since < 0 || since > size) {
            return false;
        }
        start(PROOF, head, out);
        out.append("account ")
                .append(BASE64.encodeToString(account.getBytes(UTF_8)))
                .append(' ')
                .append(BASE64.encodeToString(salt))
                .append('\n');
        if (since > 0) {
            out.append("consistency ").append(String.valueOf(since));
            hashes(tree.read(t -> t.consistency(since, size)), out);
        }
        for (LeafRow row : tree.own()) {
            if (row.index() < size && row.leaf() instanceof Leaf.Signer) {
                out.append("own ");
                leaf(row, out);
                path(row.index(), size, out);
            }
        }
        for (LeafRow row : tree.of(tree.subject(account), 0)) {
            if (row.index() < size && row.opening() != null) {
                out.append("event ");
                leaf(row, out);
                out.append(' ').append(BASE64.encodeToString(row.opening()));
                path(row.index(), size, out);
            }
        }
        return true;
    }

    private static void start(String kind, SignedHead head, Appendable out) throws IOException {
        out.append(kind).append("\nhead ");
        out.append(BASE64.encodeToString(head.toText().getBytes(UTF_8))).append('\n');
    }

    private static void leaf(LeafRow row, Appendable out) throws IOException {
        out.append(String.valueOf(row.index())).append(' ').append(BASE64.encodeToString(row.entry()));
    }

    private void path(long index, long size, Appendable out) throws SQLException, IOException {
        hashes(tree.read(t -> t.inclusion(index, size)), out);
    }

    private static void hashes(List<Hash> hashes, Appendable out) throws IOException {
        for (Hash hash : hashes) {
            out.append(' ').append(hash.toBase64());
        }
        out.append('\n');
    }
}
