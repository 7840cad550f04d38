// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import java.util.List;

/** Every check, in the order they are asked. */
public final class PublishChecks {
    public static final List<PublishCheck> ALL = List.of(new BundleItemIdIsDeviceIdCheck(), new KeyLengthCheck());

    private PublishChecks() {}
}
