// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.wire.OmemoNode;
import im.bastion.policy.KeyBan;
import im.bastion.policy.Refusal;
import org.dom4j.Element;

/** Refuses keys, and lists with devices on them, of accounts that must not use that generation. An empty list is welcome. */
final class BannedPublishes implements PublishJudge {
    private volatile KeyBan ban = KeyBan.NONE;

    void obey(KeyBan newBan) {
        ban = newBan;
    }

    @Override
    public Refusal judge(PublishRequest publish) {
        if (!publish.policy().enforces()) {
            return null;
        }
        boolean takesBack = publish.node().kind() == OmemoNode.Kind.DEVICES
                && publish.items().stream().noneMatch(BannedPublishes::hasDevices);
        return takesBack
                ? null
                : ban.refusal(publish.owner(), publish.node().generation().namespace());
    }

    private static boolean hasDevices(Element item) {
        return item.elements().stream().anyMatch(payload -> !payload.elements().isEmpty());
    }
}
