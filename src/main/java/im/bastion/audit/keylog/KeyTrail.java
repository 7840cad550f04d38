// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

/** Takes what happens to devices and keys. */
@FunctionalInterface
public interface KeyTrail {
    /** Hands the fact in once it is one; never blocks, never throws. May be called from any thread. */
    void record(KeyFact fact);
}
