// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/** XEP-0045 §5.2 affiliations. */
public enum Affiliation {
    OWNER,
    ADMIN,
    MEMBER,
    NONE,
    OUTCAST
}
