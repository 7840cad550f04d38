// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.omemo.check.Judgement.Usability;
import im.bastion.omemo.wire.Bundle;
import im.bastion.omemo.wire.IdentityKey;
import im.bastion.omemo.wire.KeyBytes;
import im.bastion.omemo.wire.OmemoGeneration;

/**
 * A device in one generation. Times are milliseconds since the epoch, 0 for never.
 *
 * @param listedAt since when it is on the list; 0 when it is not
 * @param identityKey as published; null while there is no bundle
 * @param signedPreKeyId of the bundle; 0 while there is none
 * @param signedPreKeyAt since when the bundle has that signed prekey
 * @param preKeys how many the bundle had when it was published
 * @param publishedAt when the bundle was first seen as it is
 * @param usability what the checks say of the bundle
 * @param problem their first word, or empty
 */
public record DeviceKeys(
        OmemoGeneration generation,
        long listedAt,
        KeyBytes identityKey,
        long signedPreKeyId,
        long signedPreKeyAt,
        int preKeys,
        long publishedAt,
        Usability usability,
        String problem) {

    /** A device of which nothing is known in that generation. */
    static DeviceKeys none(OmemoGeneration generation) {
        return new DeviceKeys(generation, 0, null, 0, 0, 0, 0, Usability.OK, "");
    }

    /** Whether it is on the list. */
    public boolean listed() {
        return listedAt != 0;
    }

    /** Whether it has a bundle. */
    public boolean hasBundle() {
        return identityKey != null;
    }

    /** On the list since long enough, and still without a bundle. */
    boolean orphan(long now, long graceMillis) {
        return listed() && !hasBundle() && now - listedAt >= graceMillis;
    }

    /** Whether it has a bundle that no client can use. */
    public boolean isUnusable() {
        return usability == Usability.UNUSABLE;
    }

    /** The identity key in the form that all generations share; null without a bundle, or when it has no such form. */
    public IdentityKey identity() {
        return identityKey == null ? null : IdentityKey.of(generation, identityKey);
    }

    DeviceKeys listedAt(long millis) {
        return new DeviceKeys(
                generation,
                millis,
                identityKey,
                signedPreKeyId,
                signedPreKeyAt,
                preKeys,
                publishedAt,
                usability,
                problem);
    }

    DeviceKeys withoutBundle() {
        return none(generation).listedAt(listedAt);
    }

    DeviceKeys with(Bundle bundle, Usability found, String why, long now) {
        boolean sameSigned = hasBundle() && signedPreKeyId == bundle.signedPreKeyId();
        return new DeviceKeys(
                generation,
                listedAt,
                bundle.identityKey(),
                bundle.signedPreKeyId(),
                sameSigned ? signedPreKeyAt : now,
                bundle.preKeys().size(),
                now,
                found,
                why);
    }
}
