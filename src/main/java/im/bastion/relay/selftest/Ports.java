// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

/** The range of relayed ports, both ends included. */
public record Ports(int min, int max) {
    @Override
    public String toString() {
        return min + "–" + max;
    }
}
