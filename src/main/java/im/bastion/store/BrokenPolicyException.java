// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

/** A stored policy that cannot be used. */
final class BrokenPolicyException extends Exception {
    private final transient BrokenPolicy report;

    BrokenPolicyException(BrokenPolicy report) {
        super(report.toString());
        this.report = report;
    }

    BrokenPolicy report() {
        return report;
    }
}
