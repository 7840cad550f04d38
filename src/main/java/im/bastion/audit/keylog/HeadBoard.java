// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import java.util.List;

/** Where heads are published, for others to keep. May wait for the host; throws {@code HostException} when it refuses. */
public interface HeadBoard {
    /** Nowhere. */
    HeadBoard NONE = new HeadBoard() {
        @Override
        public void post(SignedHead head) {}

        @Override
        public List<String> notes() {
            return List.of();
        }
    };

    /** Publishes the head. */
    void post(SignedHead head);

    /** The notes that stand there, whoever wrote them. */
    List<String> notes();
}
