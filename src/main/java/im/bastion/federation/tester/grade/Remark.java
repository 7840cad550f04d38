// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.grade;

import java.util.Objects;

/**
 * A finding and what it is about.
 *
 * @param detail an address, a reason; not escaped; may be empty
 */
public record Remark(Finding finding, String detail) {
    public Remark {
        Objects.requireNonNull(finding);
        Objects.requireNonNull(detail);
    }
}
