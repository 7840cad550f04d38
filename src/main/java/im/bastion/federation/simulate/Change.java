// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

/** What a draft would change for a peer in one direction. */
public enum Change {
    /** Its latest session would be refused. */
    CUT_OFF,
    /** Some of its sessions would have been refused; the latest would not. */
    PARTLY,
    /** Its latest session is refused now and would not be any more. */
    LET_IN
}
