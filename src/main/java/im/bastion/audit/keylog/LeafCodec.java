// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;

/**
 * How a leaf is written as bytes: version (1 byte), kind (1), milliseconds since the epoch (8), then the fields of the
 * kind in their order, all of a fixed length, so that no two leaves have the same bytes.
 */
final class LeafCodec {
    /** No leaf is longer, in bytes. */
    static final int MAX_BYTES = 128;

    private static final byte VERSION = 1;
    private static final byte EVENT = 1;
    private static final byte SIGNER = 2;
    private static final byte RESTORED = 3;
    private static final byte LOST = 4;

    private LeafCodec() {}

    static byte[] encode(Leaf leaf) {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES).put(VERSION);
        if (leaf instanceof Leaf.Event event) {
            head(bytes, EVENT, leaf)
                    .put((byte) event.kind().code())
                    .put(event.subject().toArray())
                    .put(event.detail().toArray());
        } else if (leaf instanceof Leaf.Signer signer) {
            byte[] endorsement = Base64.getDecoder().decode(signer.endorsement());
            head(bytes, SIGNER, leaf)
                    .put(signer.key().toArray())
                    .put((byte) endorsement.length)
                    .put(endorsement);
        } else if (leaf instanceof Leaf.Restored restored) {
            head(bytes, RESTORED, leaf)
                    .putLong(restored.size())
                    .put(restored.root().toArray());
        } else if (leaf instanceof Leaf.Lost lost) {
            head(bytes, LOST, leaf).putLong(lost.count());
        }
        byte[] exact = new byte[bytes.position()];
        bytes.flip().get(exact);
        return exact;
    }

    /** @throws IllegalArgumentException when these are not the bytes of a leaf, and of nothing else */
    static Leaf decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            require(bytes.get() == VERSION, "A leaf of a version that is not known here");
            byte kind = bytes.get();
            Instant at = Instant.ofEpochMilli(bytes.getLong());
            Leaf leaf =
                    switch (kind) {
                        case EVENT -> new Leaf.Event(at, kind(bytes.get()), hash(bytes), hash(bytes));
                        case SIGNER -> new Leaf.Signer(at, PublicKey.of(bytes(bytes, PublicKey.BYTES)), text(bytes));
                        case RESTORED -> new Leaf.Restored(at, number(bytes), hash(bytes));
                        case LOST -> new Leaf.Lost(at, number(bytes));
                        default -> throw new IllegalArgumentException("A leaf of kind " + kind);
                    };
            require(!bytes.hasRemaining(), "Bytes after the leaf");
            return leaf;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The leaf ends too early", e);
        }
    }

    private static ByteBuffer head(ByteBuffer bytes, byte kind, Leaf leaf) {
        return bytes.put(kind).putLong(leaf.at().toEpochMilli());
    }

    private static KeyEvent.Kind kind(byte code) {
        KeyEvent.Kind kind = KeyEvent.Kind.of(code);
        require(kind != null, "An event of a kind that is not known here");
        return kind;
    }

    private static long number(ByteBuffer bytes) {
        long number = bytes.getLong();
        require(number >= 0, "A negative number");
        return number;
    }

    private static Hash hash(ByteBuffer bytes) {
        return Hash.of(bytes(bytes, Hash.BYTES));
    }

    private static String text(ByteBuffer bytes) {
        byte length = bytes.get();
        require(length == 0 || length == PublicKey.SIGNATURE_BYTES, "A signature of " + length + " bytes");
        return Base64.getEncoder().encodeToString(bytes(bytes, length));
    }

    private static byte[] bytes(ByteBuffer bytes, int length) {
        byte[] result = new byte[length];
        bytes.get(result);
        return result;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
