// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import java.util.List;

/** Every check, in the order they are asked: the cheap before the dear, the cause before its consequences. */
public final class PublishChecks {
    public static final List<PublishCheck> ALL = List.of(
            new OnePayloadCheck(),
            new ReadablePayloadCheck(),
            new DeviceListItemIdCheck(),
            new DeviceListEntriesCheck(),
            new LabelFormCheck(),
            new LabelSignatureCheck(),
            new BundleItemIdIsDeviceIdCheck(),
            new DeviceIdRangeCheck(),
            new KeyLengthCheck(),
            new KeyTypeCheck(),
            new WeakKeyCheck(),
            new IdentityKeyOnCurveCheck(),
            new SignedPreKeySignatureCheck(),
            new UsablePreKeyCheck(),
            new PreKeyFormCheck(),
            new PreKeyCountCheck(),
            new PreKeyIdRangeCheck(),
            new DistinctPreKeysCheck(),
            new CanonicalBase64Check(),
            new CanonicalPointCheck(),
            new SameIdentityInBothGenerationsCheck(),
            new IdentityUnchangedCheck(),
            new IdentityOfOneDeviceCheck());

    private PublishChecks() {}
}
