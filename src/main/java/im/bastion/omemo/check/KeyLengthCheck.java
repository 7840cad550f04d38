// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoFormatException;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;

/**
 * Every key of a bundle has its generation's length, and the signature 64 bytes. Libraries cut longer keys silently, so a
 * wrong length is not always noticed by the clients.
 */
final class KeyLengthCheck implements PublishCheck {
    private static final RuleId ID = new RuleId("omemo.key-length");
    private static final Citation CITATION = new Citation("XEP-0384", "5.3.2");
    private static final int SIGNATURE_BYTES = 64;

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public Citation citation() {
        return CITATION;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public String finding(PublishedItem item) {
        if (item.node().kind() != OmemoNode.Kind.BUNDLES || item.payload() == null) {
            return null;
        }
        try {
            return finding(Bundle.parse(item.payload()), item.node().generation());
        } catch (OmemoFormatException e) {
            return "The bundle cannot be read: " + e.getMessage() + ".";
        }
    }

    private static String finding(Bundle bundle, OmemoGeneration generation) {
        if (bundle.generation() != generation) {
            return "The bundle is of another generation than its node.";
        }
        if (bundle.signature().length() != SIGNATURE_BYTES) {
            return "The signature of the signed prekey has " + bundle.signature() + ".";
        }
        if (bundle.identityKey().length() != generation.keyBytes()) {
            return "The identity key has " + bundle.identityKey() + ".";
        }
        if (bundle.signedPreKey().length() != generation.keyBytes()) {
            return "The signed prekey has " + bundle.signedPreKey() + ".";
        }
        for (KeyBytes preKey : bundle.preKeys().values()) {
            if (preKey.length() != generation.keyBytes()) {
                return "A prekey has " + preKey + ".";
            }
        }
        return null;
    }
}
