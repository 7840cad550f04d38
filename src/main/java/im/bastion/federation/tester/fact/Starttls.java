// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

/** Whether a plain stream can be encrypted (RFC 6120 §5). */
public enum Starttls {
    ABSENT,
    OFFERED,
    /** Nothing else may be done before (RFC 6120 §5.3.1). */
    REQUIRED
}
