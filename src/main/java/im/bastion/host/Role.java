// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/** XEP-0045 §5.1 roles. */
public enum Role {
    MODERATOR,
    PARTICIPANT,
    VISITOR,
    NONE
}
