// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

/**
 * What a check found.
 *
 * @param field the element or attribute as its generation names it
 * @param problem what is wrong with it, in words that follow the name; never quotes a payload
 */
public record Finding(String field, String problem) {
    @Override
    public String toString() {
        return field + " " + problem;
    }
}
