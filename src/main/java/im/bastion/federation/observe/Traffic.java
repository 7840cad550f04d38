// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

/**
 * What went one way.
 *
 * @param stanzas that passed
 * @param bytes about how many these had, estimated from every 16th
 * @param refused stanzas that a rule in enforce stopped
 */
public record Traffic(long stanzas, long bytes, long refused) {
    public static final Traffic NONE = new Traffic(0, 0, 0);

    Traffic plus(Traffic other) {
        return new Traffic(stanzas + other.stanzas, bytes + other.bytes, refused + other.refused);
    }
}
