// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

/**
 * The sentence of a specification that a rule or check stands on.
 *
 * @param document for example "RFC 7590"
 * @param section for example "3.4"; empty for the document as a whole
 */
public record Citation(String document, String section) {
    @Override
    public String toString() {
        return section.isEmpty() ? document : document + " §" + section;
    }
}
