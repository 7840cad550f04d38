// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.KeyExchange;
import im.bastion.omemo.wire.OmemoGeneration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/**
 * What begun sessions show: a prekey that two senders have used, of whom one will not be understood, and an identity key
 * that is not the sender's published one. Remembers at most {@link #MAX_USED} used prekeys, from memory and without
 * waiting. Thread-safe.
 */
public final class KeyExchanges {
    /** How many used prekeys are remembered. */
    public static final int MAX_USED = 50_000;

    /** What is wrong. */
    public enum Warning {
        /** Another sender has used the same prekey since the receiver last published a bundle. */
        PRE_KEY_USED_TWICE,
        /** The sender's identity key is not the one in its bundle. */
        OTHER_IDENTITY,
        /** The sender's device is not on its account's list. */
        SENDER_NOT_LISTED,
        /** The receiver's bundle has another signed prekey by now. */
        OLD_SIGNED_PRE_KEY
    }

    /**
     * A key exchange on its way.
     *
     * @param sender bare JID
     * @param receiver bare JID
     */
    public record Seen(JID sender, int senderDevice, JID receiver, int receiverDevice, KeyExchange exchange) {}

    private record PreKey(JID receiver, int device, OmemoGeneration generation, long id, long publishedAt) {}

    private record User(JID sender, int device) {}

    private final Map<PreKey, User> used = new ConcurrentHashMap<>();
    private final DeviceBook book;

    public KeyExchanges(DeviceBook book) {
        this.book = book;
    }

    /** What is wrong with it, as far as the accounts are in memory; those that are not are looked at for the next time. */
    public List<Warning> look(Seen seen) {
        List<Warning> warnings = new ArrayList<>();
        OmemoGeneration generation = seen.exchange().generation();
        Account sender = book.peek(seen.sender());
        if (sender == null) {
            book.lookIfUnknown(seen.sender());
        } else {
            sender(seen, sender.device(seen.senderDevice()), generation, warnings);
        }
        Account receiver = book.peek(seen.receiver());
        Device device = receiver == null ? null : receiver.device(seen.receiverDevice());
        if (device == null) {
            book.lookIfUnknown(seen.receiver());
        } else {
            receiver(seen, device.in(generation), warnings);
        }
        return warnings;
    }

    private static void sender(Seen seen, Device device, OmemoGeneration generation, List<Warning> warnings) {
        if (device == null || !device.in(generation).listed()) {
            warnings.add(Warning.SENDER_NOT_LISTED);
            return;
        }
        KeyBytes published = device.in(generation).identityKey();
        IdentityKey shown = IdentityKey.of(generation, seen.exchange().identityKey());
        if (published != null && !IdentityKey.same(IdentityKey.of(generation, published), shown)) {
            warnings.add(Warning.OTHER_IDENTITY);
        }
    }

    private void receiver(Seen seen, DeviceKeys keys, List<Warning> warnings) {
        if (!keys.hasBundle()) {
            return;
        }
        if (keys.signedPreKeyId() != seen.exchange().signedPreKeyId()) {
            warnings.add(Warning.OLD_SIGNED_PRE_KEY);
        }
        if (seen.exchange().preKeyId() == KeyExchange.NO_PRE_KEY) {
            return;
        }
        if (used.size() >= MAX_USED) {
            forgetSome();
        }
        User user = new User(seen.sender(), seen.senderDevice());
        User before = used.putIfAbsent(
                new PreKey(
                        seen.receiver(),
                        seen.receiverDevice(),
                        keys.generation(),
                        seen.exchange().preKeyId(),
                        keys.publishedAt()),
                user);
        // Until it is answered, a sender repeats its own key exchange in each message.
        if (before != null && !before.equals(user)) {
            warnings.add(Warning.PRE_KEY_USED_TWICE);
        }
    }

    private void forgetSome() {
        Iterator<PreKey> keys = used.keySet().iterator();
        for (int i = 0; i < MAX_USED / 10 && keys.hasNext(); i++) {
            keys.next();
            keys.remove();
        }
    }
}
