// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

/** Where heads are published, for others to keep. May wait for the host; throws {@code HostException} when it refuses. */
public interface HeadBoard {
    /** Nowhere. */
    HeadBoard NONE = new HeadBoard() {
        @Override
        public void post(SignedHead head) {}

        @Override
        public String latest() {
            return null;
        }
    };

    /** Publishes the head. */
    void post(SignedHead head);

    /** The note that was published last, as it stands there; null when there is none. */
    String latest();
}
