// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

/** How much a finding or an event matters to the admin. */
public enum Severity {
    INFO,
    WARNING,
    ERROR
}
