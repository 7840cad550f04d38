// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

/** Looks after the keys that accounts of this server offer. */
@FunctionalInterface
public interface KeyKeeper {
    /**
     * From now on keeps out of sight what is banned. Called again whenever that may have changed, on any thread; returns at
     * once.
     */
    void obey(KeyBan ban);
}
