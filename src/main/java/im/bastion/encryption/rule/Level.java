// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

/** How closely a rule names an end; of two levels the closer one decides alone. */
public enum Level {
    /** All of them: {@code *}. */
    EVERYBODY,
    /** By its domain. */
    DOMAIN,
    /** By a group of this server it is in. */
    GROUP,
    /** By its address: a user, a room. */
    ADDRESS
}
