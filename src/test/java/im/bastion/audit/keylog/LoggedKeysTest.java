// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.keylog.KeyEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From what is published to what has changed. */
class LoggedKeysTest {
    private static final String NEW = "urn:xmpp:omemo:2";
    private static final String LEGACY = "eu.siacs.conversations.axolotl";

    private final LoggedKeys logged = new LoggedKeys();

    private List<String> devices(String generation, Integer... ids) {
        return told(new KeyFact.Devices(Instant.EPOCH, "a@b", generation, Set.of(ids), "a@b/phone"));
    }

    private List<String> keys(int device, String digits, long prekey) {
        return told(new KeyFact.Keys(Instant.EPOCH, "a@b", NEW, device, digits.repeat(32), prekey, "a@b/phone"));
    }

    private List<String> told(KeyFact fact) {
        List<KeyEvent> changes = logged.changes(fact);
        changes.forEach(logged::apply);
        return changes.stream()
                .map(event -> event.kind() + " " + event.device() + " " + event.signedPreKeyId())
                .toList();
    }

    @Test
    void aListTellsWhoCameAndWhoWent() {
        assertThat(devices(NEW, 1, 2)).containsExactly("DEVICE_LISTED 1 -1", "DEVICE_LISTED 2 -1");
        assertThat(devices(NEW, 1, 2)).isEmpty();
        assertThat(devices(NEW, 2, 3)).containsExactly("DEVICE_UNLISTED 1 -1", "DEVICE_LISTED 3 -1");
        assertThat(devices(LEGACY, 2)).containsExactly("DEVICE_LISTED 2 -1");
        assertThat(devices(NEW)).containsExactly("DEVICE_UNLISTED 2 -1", "DEVICE_UNLISTED 3 -1");
    }

    @Test
    void aBundleTellsOnlyWhatIsNewInIt() {
        assertThat(keys(1, "ab", 7)).containsExactly("KEYS_PUBLISHED 1 7");
        assertThat(keys(1, "ab", 7)).isEmpty();
        assertThat(keys(1, "ab", 8)).containsExactly("SIGNED_PREKEY_CHANGED 1 8");
        assertThat(keys(1, "cd", 8)).containsExactly("IDENTITY_CHANGED 1 8");
    }

    @Test
    void aDeviceThatComesBackWithAnotherKeyIsTold() {
        assertThat(keys(1, "ab", 7)).hasSize(1);
        logged.apply(new KeyEvent(Instant.EPOCH, Kind.KEYS_REMOVED, "a@b", NEW, 1, "", -1, "a@b/phone"));
        assertThat(keys(1, "ab", 7)).containsExactly("KEYS_PUBLISHED 1 7");
        logged.apply(new KeyEvent(Instant.EPOCH, Kind.KEYS_REMOVED, "a@b", NEW, 1, "", -1, "a@b/phone"));
        assertThat(keys(1, "cd", 7)).containsExactly("IDENTITY_CHANGED 1 7");
    }

    @Test
    void whatIsSaidTwiceCountsOnce() {
        KeyEvent listed = new KeyEvent(Instant.EPOCH, Kind.DEVICE_LISTED, "a@b", NEW, 1, "", -1, "a@b/phone");
        logged.apply(listed);
        logged.apply(listed);
        assertThat(devices(NEW, 1)).isEmpty();
    }
}
