// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.audit.keylog.KeyEvent;
import im.bastion.audit.keylog.KeyTrail;
import im.bastion.omemo.device.DeviceChange;

/** Tells the key log what no publish shows: keys that were removed, and what people or Bastion decided about a device. */
final class LoggedDecisions implements DeviceChange.Listener {
    private final KeyTrail trail;

    LoggedDecisions(KeyTrail trail) {
        this.trail = trail;
    }

    @Override
    public void changed(DeviceChange change) {
        KeyEvent.Kind kind =
                switch (change.kind()) {
                    case KEYS_REMOVED -> KeyEvent.Kind.KEYS_REMOVED;
                    case REVOKED -> KeyEvent.Kind.DEVICE_REVOKED;
                    case READMITTED -> KeyEvent.Kind.DEVICE_READMITTED;
                    case HIDDEN -> KeyEvent.Kind.DEVICE_HIDDEN;
                    case SHOWN -> KeyEvent.Kind.DEVICE_SHOWN;
                    case LISTED, UNLISTED, KEYS_PUBLISHED, IDENTITY_CHANGED, SIGNED_PREKEY_CHANGED -> null;
                };
        if (kind != null) {
            trail.record(new KeyEvent(
                    change.at(),
                    kind,
                    change.owner().toBareJID(),
                    change.generation() == null ? "" : change.generation().namespace(),
                    change.device(),
                    change.fingerprint(),
                    change.signedPreKeyId(),
                    change.actor()));
        }
    }
}
