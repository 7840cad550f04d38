// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

/**
 * A stored policy that cannot be used, with the field that is to blame.
 *
 * @param rule as stored, maybe not even a rule id
 * @param value the first characters of what the field holds
 * @param allowed what it must be
 * @param versionInForce the version used instead; 0 when there is none
 */
public record BrokenPolicy(String rule, int version, String field, String value, String allowed, int versionInForce) {
    BrokenPolicy with(int inForce) {
        return new BrokenPolicy(rule, version, field, value, allowed, inForce);
    }

    @Override
    public String toString() {
        return "Rule " + rule + ", version " + version + ": " + field + " " + allowed + ", but is \"" + value + "\"; "
                + (versionInForce > 0 ? "version " + versionInForce + " stays in force" : "the rule is not in force");
    }
}
