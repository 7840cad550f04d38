// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.memory.MemoryHost;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final String KEY = "plugin.bastion.moderation.evidence-password-key";
    private static final String TEXT = "<message>déjà vu 🙈\n</message>";

    private final MemoryHost host = new MemoryHost();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void unsealsAfterARestart() {
        String sealed = new Seal(host.properties()).seal(TEXT);

        assertThat(new Seal(host.properties()).unseal(sealed)).isEqualTo(TEXT);
    }

    @Test
    void neverSealsTheSameTextTheSameWay() {
        Seal seal = new Seal(host.properties());

        assertThat(seal.seal(TEXT)).isNotEqualTo(seal.seal(TEXT));
    }

    @Test
    void anyChangedBitMakesItUnreadable() {
        Seal seal = new Seal(host.properties());
        byte[] sealed = Base64.getDecoder().decode(seal.seal(TEXT));
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.unseal(Base64.getEncoder().encodeToString(changed))).isEmpty();
        }
    }

    @Test
    void readsNothingFromWhatIsNotSealed() {
        Seal seal = new Seal(host.properties());

        assertThat(seal.unseal("")).isEmpty();
        assertThat(seal.unseal("AAAA")).isEmpty();
        assertThat(seal.unseal("not base64 at all")).isEmpty();
    }

    @Test
    void isUnreadableWithAnotherKey() {
        String sealed = new Seal(host.properties()).seal(TEXT);
        host.properties().set(KEY, null);

        assertThat(new Seal(host.properties()).unseal(sealed)).isEmpty();
    }

    @Test
    void aKeyThatWasBrokenByHandIsReplaced() {
        host.properties().set(KEY, "short");
        Seal seal = new Seal(host.properties());

        assertThat(seal.unseal(seal.seal(TEXT))).isEqualTo(TEXT);
        assertThat(host.properties().get(KEY)).hasSizeGreaterThan(40);
    }
}
