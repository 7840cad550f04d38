// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

/** In which calls the people of this server show nothing but relayed addresses. */
public enum RelayOnly {
    OFF,
    /** In calls with people of other servers. */
    REMOTE,
    ALL
}
