// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.check;

import im.bastion.policy.Citation;

/** The sentences most checks stand on. */
final class Citations {
    static final Citation DEVICE_LIST = new Citation("XEP-0384", "5.3.1");
    static final Citation BUNDLE = new Citation("XEP-0384", "5.3.2");

    private Citations() {}
}
